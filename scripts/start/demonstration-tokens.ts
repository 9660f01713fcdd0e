import path from 'node:path';
import { type Client, createClient, LatchkeyApiError } from '@latchkey/wire/client';
import type { Messages } from '@latchkey/wire/messages';
import type { CreateNativeTokenBody, NativeToken } from '@latchkey/wire/native';
import { StartProblem } from './start-problem.ts';
import { readTokenFile, writeTokenFile } from './token-file.ts';

/** The account that the demonstration lives in. */
export const DEMONSTRATION_ACCOUNT = 'demo';

/** A secret token that is kept in a file. `isNew`: made in this run, so it has not been shown yet. */
export interface KeptToken {
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** A public token with its text. */
export interface PublicToken {
  readonly id: string;
  readonly text: string;
}

export interface DemonstrationTokens {
  /** Every scope of the demonstration account. */
  readonly account: KeptToken;
  /** With it the maps API follows the feed of the server. */
  readonly verifier: KeptToken;
  /** For the page with the map: works on pages of localhost only. */
  readonly page: PublicToken;
  /** There to be revoked. */
  readonly throwAway: PublicToken;
}

/** By their notes the public tokens are found again, so they are the same in every language. */
const PAGE_NOTE = 'Demonstration map page';
const THROW_AWAY_NOTE = 'Throw-away, to be revoked';

const MAP_SCOPES = ['styles:read', 'styles:tiles', 'fonts:read'];

/**
 * Finds the demonstration's account and tokens, and makes what is missing. The texts of secret tokens come from files in
 * `folder`, because the server cannot tell them again.
 * @throws StartProblem where the account is there but its token is lost or no longer works
 */
export async function ensureDemonstrationTokens(
  url: string,
  folder: string,
  operatorToken: KeptToken,
  text: Messages,
): Promise<DemonstrationTokens> {
  const operator = createClient({ url, token: operatorToken.text });
  if (!(await works(operator, operatorToken.text))) throw tokenDead(operatorToken.file, text);
  const account = await ensureAccountToken(operator, path.join(folder, 'demo.token'), text);
  const demonstration = createClient({ url, token: account.text });
  return {
    account,
    verifier: await ensureVerifierToken(operator, path.join(folder, 'map-verifier.token')),
    page: await ensurePublicToken(demonstration, {
      note: PAGE_NOTE,
      scopes: MAP_SCOPES,
      allowedUrls: ['http://localhost'],
    }),
    throwAway: await ensurePublicToken(demonstration, { note: THROW_AWAY_NOTE, scopes: MAP_SCOPES }),
  };
}

async function ensureAccountToken(operator: Client, file: string, text: Messages): Promise<KeptToken> {
  const kept = await readTokenFile(file);
  if (kept !== undefined) {
    if (await works(operator, kept)) return { file, text: kept, isNew: false };
    throw new StartProblem([
      text.start.tokenDead({ file }),
      text.start.beginAnew({ folder: path.dirname(file) }),
    ]);
  }
  const made = await operator.native.accounts
    .create({ name: DEMONSTRATION_ACCOUNT })
    .catch((error: unknown) => {
      if (!(error instanceof LatchkeyApiError) || error.code !== 'account_exists') throw error;
      throw new StartProblem(
        [text.start.tokenLost({ file }), text.start.beginAnew({ folder: path.dirname(file) })],
        error,
      );
    });
  return keep(file, made.token);
}

async function ensureVerifierToken(operator: Client, file: string): Promise<KeptToken> {
  const kept = await readTokenFile(file);
  if (kept !== undefined && (await works(operator, kept))) return { file, text: kept, isNew: false };
  return keep(
    file,
    await operator.native.tokens.create({ scopes: ['verifiers:sync'], note: 'Demonstration API' }),
  );
}

async function keep(file: string, { token }: NativeToken): Promise<KeptToken> {
  if (token === undefined) throw new Error('the server made a token and did not tell its text');
  await writeTokenFile(file, token);
  return { file, text: token, isNew: true };
}

function tokenDead(file: string, { start }: Messages): StartProblem {
  return new StartProblem([start.tokenDead({ file }), start.beginAnew({ folder: path.dirname(file) })]);
}

async function works(client: Client, token: string): Promise<boolean> {
  return (await client.tokensApi.validate(token)).code === 'TokenValid';
}

/** The public token with this note; made where there is none, and again where it was revoked. */
async function ensurePublicToken(
  client: Client,
  body: CreateNativeTokenBody & { readonly note: string },
): Promise<PublicToken> {
  const { items } = await client.native.tokens.list({ text: body.note, usage: 'pk', status: 'active' });
  const found = items.find(({ note }) => note === body.note) ?? (await client.native.tokens.create(body));
  if (found.token === undefined) throw new Error('the server did not tell the text of a public token');
  return { id: found.id, text: found.token };
}
