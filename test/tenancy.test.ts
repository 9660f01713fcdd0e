import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAudit } from './testing/audit.ts';
import { type Answer, type Call, call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { fillPath, type Operation, readOperations, validBody } from './testing/operations.ts';
import { seeded } from './testing/seeded.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

let latchkey: Latchkey;
let acme: TestAccount;
let bravo: TestAccount;
let operations: readonly Operation[];
/** Tokens of the other account, in every state that a token can be in. */
const foreign: { what: string; id: string; text: string }[] = [];

const random = seeded(20261123);
const letters = (alphabet: string, count: number) =>
  Array.from({ length: count }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
const randomId = () => `c${letters('abcdefghijklmnopqrstuvwxyz0123456789', 24)}`;
const randomName = () => letters('abcdefghijklmnopqrstuvwxyz', 5);

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acmes');
  bravo = await makeAccount(latchkey, 'bravo');
  operations = await readOperations(latchkey.url);
  const url = `${latchkey.url}/tokens/v2/bravo`;
  const make = async (what: string, body: Record<string, unknown>) => {
    const made = await call(url, { method: 'POST', token: bravo.token, body });
    foreign.push({ what, id: textField(made.body, 'id'), text: textField(made.body, 'token') });
    return textField(made.body, 'id');
  };
  await make('a public token', { scopes: ['styles:read'], note: 'foreign' });
  await make('a secret token', { scopes: ['tokens:read'], note: 'foreign' });
  await make('a temporary token', {
    scopes: ['styles:read'],
    expires: new Date(Date.now() + 3_000_000).toISOString(),
  });
  const revoked = await make('a revoked token', { scopes: ['styles:read'] });
  await call(`${url}/${revoked}`, { method: 'DELETE', token: bravo.token });
  const first = Buffer.from(bravo.defaultToken.split('.')[1] ?? '', 'base64').toString();
  foreign.push({
    what: 'the default token',
    id: textField(JSON.parse(first), 'a'),
    text: bravo.defaultToken,
  });
});
afterAll(() => latchkey?.stop());

/** An answer without what is different on every request: the request's id, times, and the names asked for. */
function comparable(answer: Answer, names: readonly string[]): unknown {
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => !['date', 'x-request-id', 'x-rate-limit-reset'].includes(name)),
  );
  let text = JSON.stringify({ headers, text: answer.text });
  const requestId = Object(answer.body).requestId;
  for (const name of [requestId, ...names]) if (typeof name === 'string') text = text.replaceAll(name, '…');
  text = text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(a time)');
  return { status: answer.status, ...Object(JSON.parse(text)) };
}

/** Asks about a thing of the other account and about one that does not exist, and wants the same answer. */
async function expectAlike(
  what: string,
  theirs: { path: string; sent: Call },
  nobodys: { path: string; sent: Call },
  names: readonly string[],
) {
  const [one, other] = [
    await call(`${latchkey.url}${theirs.path}`, theirs.sent),
    await call(`${latchkey.url}${nobodys.path}`, nobodys.sent),
  ];
  expect(comparable(one, names), what).toEqual(comparable(other, names));
  return one.status;
}

test('there are routes with names and ids to try', () => {
  expect(operations.filter((operation) => operation.path.includes('{')).length).toBeGreaterThan(8);
});

describe('every route with a name or an id in its path', () => {
  const bodied = (operation: Operation): Call => {
    const body = validBody(operation, 'x');
    return { method: operation.method, ...(body === undefined ? {} : { body }) };
  };
  const routes = () => operations.filter((operation) => operation.path.includes('{'));

  test("answers to another account's name as to a random one", async () => {
    for (const operation of routes().filter(({ path }) => /\{(account|name)\}/.test(path))) {
      const name = randomName();
      for (const token of [acme.token, acme.defaultToken, undefined]) {
        const sent = { ...bodied(operation), ...(token === undefined ? {} : { token }) };
        const id = randomId();
        const at = (account: string) => ({ path: fillPath(operation, { account, name: account, id }), sent });
        const status = await expectAlike(operation.id, at('bravo'), at(name), ['bravo', name]);
        expect(status).toBeGreaterThanOrEqual(400);
      }
    }
  });

  test("answers to another account's id as to a random one, whatever the state of that token", async () => {
    for (const operation of routes().filter(({ path }) => path.includes('{id}'))) {
      for (const { what, id } of foreign) {
        const other = randomId();
        for (const account of ['acmes', 'bravo']) {
          const at = (tokenId: string) => ({
            path: fillPath(operation, { account, id: tokenId }),
            sent: { ...bodied(operation), token: acme.token },
          });
          const status = await expectAlike(`${operation.id}, ${what}, below ${account}`, at(id), at(other), [
            id,
            other,
          ]);
          expect(status).toBe(404);
        }
      }
    }
  });
});

test('the comparison notices: what the caller may see answers otherwise than what does not exist, on every route', async () => {
  await makeAccount(latchkey, 'third');
  const operator = latchkey.operatorAccount;
  for (const operation of operations.filter(({ path }) => path.includes('{'))) {
    const body = validBody(operation, 'x');
    const ask = async (values: Readonly<Record<string, string>>) => {
      const sent = {
        method: operation.method,
        token: latchkey.operatorToken,
        ...(body === undefined ? {} : { body }),
      };
      return comparable(
        await call(`${latchkey.url}${fillPath(operation, values)}`, sent),
        Object.values(values),
      );
    };
    const made = await call(`${latchkey.url}/tokens/v2/${operator}`, {
      method: 'POST',
      token: latchkey.operatorToken,
      body: { scopes: [] },
    });
    const real = await ask({
      account: operator,
      name: 'third',
      id: textField(made.body, 'id'),
      revision: '1',
    });
    const byId = operation.path.includes('{id}');
    const nobodys = await ask({
      account: byId ? operator : randomName(),
      name: randomName(),
      id: randomId(),
      revision: '999999999999',
    });
    expect(real, operation.id).not.toEqual(nobodys);
  }
});

describe('every other way to name a foreign thing', () => {
  const both = (path: (name: string) => string, sent: (name: string) => Call) => (name: string) => ({
    path: path(name),
    sent: sent(name),
  });
  const get = (): Call => ({ token: acme.token });

  test('filters of lists and of the audit log', async () => {
    for (const { what, id, text } of foreign) {
      const other = randomId();
      const ways = [
        both((name) => `/v1/tokens?text=${name}`, get),
        both((name) => `/v1/tokens?text=${name}&status=revoked`, get),
        both((name) => `/v1/audit?subject=${name}`, get),
      ];
      for (const way of ways) await expectAlike(what, way(id), way(other), [id, other]);
      const unknown = `${text.slice(0, -22)}${letters('ABCDEFGHIJKLMNOP', 21)}A`;
      await expectAlike(
        what,
        { path: `/v1/tokens?text=${text}`, sent: get() },
        { path: `/v1/tokens?text=${unknown}`, sent: get() },
        [text, unknown],
      );
    }
    const name = randomName();
    for (const query of ['account=NAME', 'subject=NAME', 'account=NAME&subject=NAME']) {
      const at = (value: string) => ({ path: `/v1/audit?${query.replaceAll('NAME', value)}`, sent: get() });
      await expectAlike(query, at('bravo'), at(name), ['bravo', name]);
    }
  });

  test('explain, by id and by text', async () => {
    for (const { what, id, text } of foreign) {
      const other = randomId();
      const explain = (token: string) => ({
        path: '/v1/explain',
        sent: {
          method: 'POST',
          token: acme.token,
          body: { token, request: { url: '/styles/v1/acme/streets' } },
        },
      });
      await expectAlike(`${what} by id`, explain(id), explain(other), [id, other]);
      const unknown = `${text.slice(0, -22)}${letters('ABCDEFGHIJKLMNOP', 21)}A`;
      await expectAlike(`${what} by text`, explain(text), explain(unknown), [text, unknown]);
    }
  });

  test('an Idempotency-Key that the other account used is a new one here', async () => {
    const key = 'the-same-key-in-two-accounts';
    const body = { scopes: ['tokens:read'] };
    const headers = { 'idempotency-key': key };
    const theirs = await call(`${latchkey.url}/v1/tokens`, {
      method: 'POST',
      token: bravo.token,
      body,
      headers,
    });
    const mine = await call(`${latchkey.url}/v1/tokens`, {
      method: 'POST',
      token: acme.token,
      body,
      headers,
    });
    expect(textField(theirs.body, 'token')).not.toBe(textField(mine.body, 'token'));
    expect(field(mine.body, 'account')).toBe('acmes');
  });

  test('a list cursor of the other account shows none of its tokens', async () => {
    const url = `${latchkey.url}/tokens/v2/bravo?limit=1`;
    const link = (await call(url, { token: bravo.token })).headers.get('link') ?? '';
    const start = new URL(/<([^>]+)>/.exec(link)?.[1] ?? '').searchParams.get('start') ?? '';
    const answer = await call(`${latchkey.url}/tokens/v2/acmes?start=${encodeURIComponent(start)}`, {
      token: acme.token,
    });
    for (const { id } of foreign) expect(answer.text).not.toContain(id);
  });
});

test('after all that the other account is as it was', async () => {
  const rows = (await readAudit(latchkey)).filter((row) => row.account === 'bravo');
  expect(rows.map((row) => row.action)).toEqual([
    ...['account.create', 'token.create', 'token.create'].sort(),
    ...Array.from({ length: 4 }, () => 'token.create'),
    'token.revoke',
    'token.create',
  ]);
});
