import type { AccountName, TokenId } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Changes, IdempotencyRow } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { identityOf } from './caller-rights.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';

const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/;

/** A request that may be sent again. Keys belong to an account. */
export interface Repeatable {
  readonly account: AccountName;
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * Reads the `Idempotency-Key` of a creating call; undefined: none was sent. The fingerprint covers the operation, the
 * caller and all that was asked for, so that a key answers only the request that it was made for.
 */
export function readRepeatable(
  hash: Deps['hash'],
  caller: Caller,
  operation: string,
  input: { readonly idempotencyKey?: string | undefined },
): Outcome<Repeatable | undefined> {
  const { idempotencyKey: key, ...asked } = input;
  if (key === undefined) return done(undefined);
  if (!KEY_SHAPE.test(key)) {
    const detail = 'An idempotency key is 1 to 255 visible ASCII characters.';
    return refused({ code: 'idempotency_key_invalid', detail, field: 'Idempotency-Key' });
  }
  const fields = Object.entries(asked)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const fingerprint = hash(JSON.stringify([operation, identityOf(caller), fields]));
  // The digest, not the key: a key is the client's own text, and nothing here needs to read it again.
  return done({ account: caller.account.name, key: hash(key), fingerprint });
}

/** The token that the same request made before; undefined: this is the first time. */
export async function replayed(
  changes: Pick<Changes, 'remembered' | 'token'>,
  repeatable: Repeatable | undefined,
): Promise<Outcome<TokenRow | undefined>> {
  if (repeatable === undefined) return done(undefined);
  const row = await changes.remembered(repeatable.account, repeatable.key);
  if (row === undefined) return done(undefined);
  if (row.fingerprint !== repeatable.fingerprint) {
    const detail = 'This idempotency key was used before, for a different request.';
    return refused({ code: 'idempotency_key_reused', detail, field: 'Idempotency-Key' });
  }
  const token = await changes.token(row.token);
  if (token === undefined) throw new Error('an idempotency key stands for a token that is not there');
  return done(token);
}

export function remembering(repeatable: Repeatable, token: TokenId, at: number): IdempotencyRow {
  return { ...repeatable, token, at };
}
