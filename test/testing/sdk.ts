import createTokensService, { type TokensService } from '@mapbox/mapbox-sdk/services/tokens.js';
import { field } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';
import { expectTokenObject, type TokenObject } from './token-object.ts';

/** The SDK's tokens service, as its users build it, pointed at this installation. */
export function sdkTokens(latchkey: Pick<Latchkey, 'url'>, accessToken: string): TokensService {
  return createTokensService({ accessToken, origin: latchkey.url });
}

/** Creates a token through the SDK and checks the answer as a Token object. */
export async function sdkCreate(
  service: TokensService,
  config?: Parameters<TokensService['createToken']>[0],
): Promise<TokenObject & { readonly token: string }> {
  const made = expectTokenObject((await service.createToken(config).send()).body);
  if (made.token === undefined) throw new Error('creation shows the token');
  return { ...made, token: made.token };
}

/** What the SDK rejects with, as plain fields. @throws Error where it resolves */
export async function sdkRefusal(
  work: Promise<unknown>,
): Promise<{ type: unknown; statusCode: unknown; message: unknown; body: unknown }> {
  const error: unknown = await work.then(
    () => {
      throw new Error('was not refused');
    },
    (reason: unknown) => reason,
  );
  return {
    type: field(error, 'type'),
    statusCode: field(error, 'statusCode'),
    message: field(error, 'message'),
    body: field(error, 'body'),
  };
}
