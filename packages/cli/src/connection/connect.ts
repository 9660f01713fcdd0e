import { parseTokenText, recogniseTokenText } from '@latchkey/core';
import { type Client, createClient } from '@latchkey/wire/client';
import type { Context } from '../context.ts';
import { warn } from '../context.ts';
import { Failure } from '../failure.ts';
import { apiFailure } from './api-failure.ts';
import { credentialsPath, readCredentials, readPrivateFile } from './credentials-file.ts';

/** Where `latchkey serve` listens unless told otherwise. */
export const DEFAULT_SERVER = 'http://127.0.0.1:8420';

export interface Connection {
  readonly client: Client;
  readonly url: string;
  /** The account that the caller's token belongs to, as its text says; undefined without a token. */
  readonly account: string | undefined;
  /** Awaits a call and turns its refusal into a {@link Failure} that says what to do. */
  readonly ask: <T>(call: (client: Client) => Promise<T>) => Promise<T>;
}

export interface FoundToken {
  readonly text: string;
  /** Where it came from, in words. */
  readonly source: string;
}

/**
 * Connects with the token that is nearest to the command line: `--token`, `--token-file`, `LATCHKEY_TOKEN`, the credentials
 * file. Nothing is sent yet.
 * @throws Failure where the address is none, where a token is needed and there is none, or where it is not a token
 */
export async function connect(context: Context, needs: 'token' | 'no token'): Promise<Connection> {
  const { text, globals, terminal } = context;
  const file = credentialsPath(terminal.environment);
  const kept = await readCredentials(file, text);
  const url = checkServerUrl(context, globals().server ?? kept?.url ?? DEFAULT_SERVER);
  // A kept token goes only to the server that it was kept for.
  const keptToken =
    kept !== undefined && sameServer(kept.url, url) ? { text: kept.token, source: file } : undefined;
  const token = needs === 'token' ? await findToken(context, keptToken) : undefined;
  const client = createClient({ url, token: token?.text });
  return {
    client,
    url,
    account: token === undefined ? undefined : parseTokenText(token.text)?.account,
    ask: async (call) => {
      try {
        return await call(client);
      } catch (error) {
        throw apiFailure(error, { url, tokenSource: token?.source ?? '' }, text);
      }
    },
  };
}

/** @throws Failure where it is not the address of a server */
export function checkServerUrl(context: Context, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '')
    return value;
  const { usage } = context.text;
  throw new Failure({
    exit: 'usage',
    code: 'invalid_value',
    field: '--server',
    message: usage.badValue({ name: '--server', value, problem: usage.notServerUrl }),
  });
}

async function findToken(context: Context, kept: FoundToken | undefined): Promise<FoundToken> {
  const { text } = context;
  const found = (await givenToken(context)) ?? kept;
  if (found === undefined)
    throw new Failure({
      exit: 'unauthorised',
      code: 'no_token',
      message: text.connection.noToken,
      fix: text.connection.noTokenFix,
    });
  if (recogniseTokenText(found.text) !== undefined) return found;
  throw new Failure({
    exit: 'unauthorised',
    code: 'malformed_token',
    message: text.connection.tokenMalformed({ source: found.source }),
    fix: text.connection.tokenMalformedFix,
  });
}

/** The token that the caller named: `--token`, `--token-file` or `LATCHKEY_TOKEN`. */
export async function givenToken(context: Context): Promise<FoundToken | undefined> {
  const { text, globals, terminal } = context;
  const { token, tokenFile } = globals();
  if (token !== undefined) {
    warn(context, text.connection.tokenOnCommandLine);
    return { text: token, source: text.connection.sourceOption };
  }
  if (tokenFile !== undefined) {
    return {
      text: (await readPrivateFile(tokenFile, text, { missing: 'failure' })) ?? '',
      source: tokenFile,
    };
  }
  const { LATCHKEY_TOKEN } = terminal.environment;
  return LATCHKEY_TOKEN
    ? { text: LATCHKEY_TOKEN.trim(), source: text.connection.sourceEnvironment }
    : undefined;
}

function sameServer(a: string, b: string): boolean {
  return a.replace(/\/+$/, '') === b.replace(/\/+$/, '');
}
