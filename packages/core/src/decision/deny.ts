import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { Denied } from './decision.ts';
import type { DenyReason } from './deny-reason.ts';

/** Makes a refusal, always of the same shape in memory. `detail` is for the token's holder and never holds a token's text. */
export function deny(reason: DenyReason, detail?: string, token?: TokenRecord, scope?: Scope): Denied {
  return { allow: false, reason, detail, scope, token };
}
