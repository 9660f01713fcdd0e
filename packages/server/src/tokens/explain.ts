import type { CheckRequest, Decision, Policy, TokenRecord, TokenSource, Trace } from '@latchkey/core';
import { checkRequest, formatTokenText, parseTokenId, SIGNATURE_BYTES } from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { currentCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { tokenNotFound } from './find-own.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { recordOfRow } from './token-record.ts';

export interface ExplainInput {
  /** A token's id, or its text. */
  readonly token: string;
  /** The described request; `authorization` and `queryToken` are filled in here, by `transport`. */
  readonly request: Omit<CheckRequest, 'authorization' | 'queryToken'>;
  readonly transport: 'header' | 'query';
  /** Scopes of the route that the request meets, and the installation's own settings. */
  readonly policy: Policy;
}

export interface Explanation {
  readonly decision: Decision;
  readonly trace: Trace;
}

/**
 * Decides a described request and shows every check. Needs `tokens:read`, and the token's account or the operator's. A
 * foreign text is explained as an unknown one; a foreign id is `token_not_found`.
 */
export async function explain(
  { store, now, hash }: Pick<Deps, 'store' | 'now' | 'hash'>,
  caller: Caller,
  { token, request, transport, policy }: ExplainInput,
): Promise<Outcome<Explanation>> {
  // The body came after the door looked, as slowly as the caller liked.
  const current = await currentCaller(store, caller, 'tokens:read', now());
  if (!current.ok) return current;
  const id = parseTokenId(token);
  const row = id === undefined ? (await store.tokenByDigest(hash(token)))?.token : await store.token(id);
  const account = row && (await store.account(row.account));
  const visible = account !== undefined && maySee(current.value, account);
  if (id !== undefined && !visible) return tokenNotFound();

  const text = id !== undefined && row !== undefined ? standIn(row) : token;
  const full: CheckRequest = {
    ...request,
    authorization: transport === 'header' ? `Bearer ${text}` : undefined,
    queryToken: transport === 'query' ? text : undefined,
  };
  const trace: Trace = [];
  const record = visible && row !== undefined ? recordOfRow(row, account) : undefined;
  const decision = checkRequest(full, policy, sourceOf(record), now(), trace);
  return done({ decision, trace });
}

function maySee(caller: Pick<Caller, 'account'>, account: AccountRow): boolean {
  return caller.account.kind === 'operator' || caller.account.name === account.name;
}

/** A text of the right form for a token that is known by its id only; it is looked at, and never looked up. */
function standIn({ usage, account, id, scopes, createdAt, expires }: TokenRow): string {
  const signature = new Uint8Array(SIGNATURE_BYTES);
  if (usage !== 'tk') return formatTokenText({ usage, account, id, signature });
  const issuedAtSeconds = Math.floor(createdAt / 1000);
  const expiresSeconds = Math.floor((expires ?? createdAt) / 1000);
  return formatTokenText({ usage, account, id, issuedAtSeconds, expiresSeconds, scopes, signature });
}

/** The server's own database is never stale. */
function sourceOf(record: TokenRecord | undefined): TokenSource {
  return { find: () => record, isCurrent: () => true, isStaleFor: () => false };
}
