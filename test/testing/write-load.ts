import { call, textField } from './call.ts';
import { makeAccount, type TestAccount } from './make-account.ts';
import { seeded } from './seeded.ts';
import type { Latchkey } from './start-latchkey.ts';

/** What a writer wants of a token; `note` is different after every write, so that each leaves its own audit row. */
export interface Wish {
  readonly note: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
}

/** A token as its writer was told about it. */
export interface WrittenToken {
  readonly account: TestAccount;
  readonly id: string;
  readonly text: string;
  /** Every acknowledged state, oldest first; never empty. */
  readonly acknowledged: Wish[];
  /** Sent and not answered: may have happened or not. */
  underway: Wish | undefined;
}

export interface WriteLoad {
  readonly tokens: WrittenToken[];
  readonly accounts: TestAccount[];
  /** Resolves when every writer has met the end of the server; rejects when one was refused instead. */
  readonly over: Promise<unknown>;
}

const PUBLIC_SCOPES = ['styles:read', 'fonts:read', 'datasets:read'];
const SCOPES = [...PUBLIC_SCOPES, 'uploads:write', 'tokens:read'];

/**
 * Lets `writers` clients create, update and revoke tokens and create accounts, each its own, at the same time, until
 * the server goes away. What was acknowledged and what was underway at the end is recorded.
 * @param onAcknowledged told after each acknowledged write how many there were in all
 */
export function startWriteLoad(
  latchkey: Pick<Latchkey, 'url' | 'operatorToken'>,
  {
    writers,
    seed,
    prefix,
    accounts,
    onAcknowledged,
  }: {
    readonly writers: number;
    readonly seed: number;
    /** Begins the names of new accounts; different for each load on one installation. */
    readonly prefix: string;
    /** One for each writer. */
    readonly accounts: readonly TestAccount[];
    readonly onAcknowledged: (count: number) => void;
  },
): WriteLoad {
  const tokens: WrittenToken[] = [];
  const made: TestAccount[] = [];
  let count = 0;
  const acknowledged = () => {
    count += 1;
    onAcknowledged(count);
  };

  async function write(writer: number): Promise<void> {
    const random = seeded(seed * 1000 + writer);
    const mine: WrittenToken[] = [];
    const account = accounts[writer];
    if (account === undefined) throw new TypeError('an account is missing');
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    for (let turn = 0; ; turn += 1) {
      const wish = {
        note: `${prefix}-${writer}-${turn}`,
        scopes: SCOPES.filter(() => random() < 0.4),
        revoked: false,
      };
      const live = pick(mine.filter((token) => !token.acknowledged.at(-1)?.revoked));
      const kind = random();
      if (kind < 0.05) {
        made.push(await makeAccount(latchkey, `${prefix}-${writer}-${turn}`));
      } else if (kind < 0.5 || live === undefined) {
        const token = await create(account, wish);
        mine.push(token);
        tokens.push(token);
      } else if (kind < 0.8) {
        await update(live, wish);
      } else {
        await revoke(live);
      }
      acknowledged();
    }
  }

  const base = (account: TestAccount) => `${latchkey.url}/tokens/v2/${account.name}`;

  async function create(account: TestAccount, wish: Wish): Promise<WrittenToken> {
    const body = { note: wish.note, scopes: wish.scopes };
    const answer = await acknowledgedCall(base(account), { method: 'POST', token: account.token, body });
    return {
      account,
      id: textField(answer, 'id'),
      text: textField(answer, 'token'),
      acknowledged: [wish],
      underway: undefined,
    };
  }

  async function update(token: WrittenToken, wanted: Wish): Promise<void> {
    const wish = { ...wanted, scopes: wanted.scopes.filter((scope) => mayGet(token, scope)) };
    token.underway = wish;
    const body = { note: wish.note, scopes: wish.scopes };
    const url = `${base(token.account)}/${token.id}`;
    await acknowledgedCall(url, { method: 'PATCH', token: token.account.token, body });
    token.acknowledged.push(wish);
    token.underway = undefined;
  }

  async function revoke(token: WrittenToken): Promise<void> {
    const last = token.acknowledged.at(-1);
    if (last === undefined) throw new TypeError('a token without a state');
    const wish = { ...last, revoked: true };
    token.underway = wish;
    await acknowledgedCall(`${base(token.account)}/${token.id}`, {
      method: 'DELETE',
      token: token.account.token,
    });
    token.acknowledged.push(wish);
    token.underway = undefined;
  }

  const over = Promise.all(
    accounts.slice(0, writers).map((_, writer) =>
      write(writer).catch((error: unknown) => {
        if (!isEndOfServer(error)) throw error;
      }),
    ),
  );
  return { tokens, accounts: made, over };
}

async function acknowledgedCall(url: string, wanted: Parameters<typeof call>[1]): Promise<unknown> {
  const answer = await call(url, wanted);
  if (answer.status !== 200 && answer.status !== 204)
    throw new Error(`${wanted?.method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** A token without scopes never gets any, a public one only public ones. */
function mayGet(token: WrittenToken, scope: string): boolean {
  if (token.acknowledged.at(-1)?.scopes.length === 0) return false;
  return token.text.startsWith('sk') || PUBLIC_SCOPES.includes(scope);
}

/** The server died: before it answered, or after its status line with the body still to come. */
function isEndOfServer(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}
