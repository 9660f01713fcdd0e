import { call, field, textField } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';

export interface TestAccount {
  readonly name: string;
  /** A secret token with every scope of the account. */
  readonly token: string;
  /** The default public token. */
  readonly defaultToken: string;
}

/** Makes an account as the operator does. */
export async function makeAccount(
  latchkey: Pick<Latchkey, 'url' | 'operatorToken'>,
  name: string,
): Promise<TestAccount> {
  const made = await call(`${latchkey.url}/v1/accounts`, {
    method: 'POST',
    token: latchkey.operatorToken,
    body: { name },
  });
  if (made.status < 200 || made.status > 299) throw new Error(`account ${name}: ${made.status} ${made.text}`);
  return {
    name,
    token: textField(field(made.body, 'token'), 'token'),
    defaultToken: textField(field(made.body, 'defaultToken'), 'token'),
  };
}
