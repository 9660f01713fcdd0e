import type { AccountName, ForeignRestriction, Scope, TokenId } from '@latchkey/core';
import { parseAccountName, parseScope, parseTokenId } from '@latchkey/core';
import type { JsonObject } from './json-fields.ts';
import { asCount, asObject } from './json-fields.ts';
import type { FeedAccount, FeedRecord, FeedToken, FeedTombstone } from './record.ts';

/** A record, or what could be read of one that is broken. */
export type ParsedRecord = { readonly ok: true; readonly record: FeedRecord } | UnreadableRecord;

/**
 * A record that could not be read whole. Whatever names its token is kept, so that this token can be denied: a token
 * with `id` or `digest`, an account with `account`. With none of the three it concerns nobody who can be named.
 */
export interface UnreadableRecord {
  readonly ok: false;
  /** Which field is wrong and how, without the field's content. */
  readonly reason: string;
  readonly id: TokenId | undefined;
  readonly digest: string | undefined;
  /** Set only where the record is about an account. */
  readonly account: AccountName | undefined;
  readonly revision: number | undefined;
}

const DIGEST = /^[A-Za-z0-9_-]{43}$/;
/** ECMAScript's latest time value. */
const MAX_TIME = 8.64e15;

/** True where a number of milliseconds is a time that a `Date` can hold. */
export function isTime(milliseconds: number): boolean {
  return milliseconds <= MAX_TIME;
}

/** Base64url SHA-256 without padding: 43 characters. */
export function parseDigest(value: unknown): string | undefined {
  return typeof value === 'string' && DIGEST.test(value) ? value : undefined;
}

/**
 * Reads one record of the feed. Unknown fields are ignored and restrictions of unknown kinds are kept, for the
 * decision to deny by name; every known field must be right. Never throws.
 */
export function parseRecord(value: unknown): ParsedRecord {
  const fields = asObject(value);
  if (fields === undefined) return nameless('the record is not an object');
  if (fields.kind === undefined) return parseTokenRecord(fields);
  if (fields.kind === 'account') return parseAccountRecord(fields);
  return broken(fields, 'kind is unknown');
}

function parseAccountRecord(fields: JsonObject): ParsedRecord {
  const account = readAccount(fields.account);
  const { status } = fields;
  const revision = asCount(fields.revision);
  const wrong = (reason: string): UnreadableRecord => ({ ...nameless(reason), account, revision });
  if (account === undefined) return wrong('account is not an account name');
  if (status !== 'active' && status !== 'suspended') return wrong('status is neither active nor suspended');
  if (revision === undefined) return wrong('revision is not a whole number');
  return { ok: true, record: { kind: 'account', account, status, revision } satisfies FeedAccount };
}

function parseTokenRecord(fields: JsonObject): ParsedRecord {
  const id = readId(fields.id);
  const digest = parseDigest(fields.digest);
  const revision = asCount(fields.revision);
  if (id === undefined) return broken(fields, 'id is not a token id');
  if (digest === undefined) return broken(fields, 'digest is not a SHA-256 in base64url');
  if (revision === undefined) return broken(fields, 'revision is not a whole number');
  const { status } = fields;
  if (status === 'revoked') {
    return { ok: true, record: { id, digest, status, revision } satisfies FeedTombstone };
  }
  if (status !== 'active' && status !== 'suspended') return broken(fields, 'status is unknown');

  const account = readAccount(fields.account);
  if (account === undefined) return broken(fields, 'account is not an account name');
  const { usage } = fields;
  if (usage !== 'pk' && usage !== 'sk' && usage !== 'tk') return broken(fields, 'usage is not pk, sk or tk');
  const scopes = readScopes(fields.scopes);
  if (scopes === undefined) return broken(fields, 'scopes is not a list of scope names');
  const restrictions = readRestrictions(fields.restrictions);
  if (restrictions === undefined) return broken(fields, 'restrictions is not a list of objects with a kind');
  const expires = fields.expires === null ? null : asCount(fields.expires);
  if (expires === undefined || (expires !== null && !isTime(expires))) {
    return broken(fields, 'expires is neither null nor a time in milliseconds');
  }
  const parent = fields.parent === null ? null : readId(fields.parent);
  if (parent === undefined) return broken(fields, 'parent is neither null nor a token id');
  const record: FeedToken = {
    id,
    digest,
    account,
    usage,
    status,
    scopes,
    restrictions,
    expires,
    parent,
    revision,
  };
  return { ok: true, record };
}

function nameless(reason: string): UnreadableRecord {
  return {
    ok: false,
    reason,
    id: undefined,
    digest: undefined,
    account: undefined,
    revision: undefined,
  };
}

function broken(fields: JsonObject, reason: string): UnreadableRecord {
  return {
    ok: false,
    reason,
    id: readId(fields.id),
    digest: parseDigest(fields.digest),
    account: undefined,
    revision: asCount(fields.revision),
  };
}

function readId(value: unknown): TokenId | undefined {
  return typeof value === 'string' ? parseTokenId(value) : undefined;
}

function readAccount(value: unknown): AccountName | undefined {
  return typeof value === 'string' ? parseAccountName(value) : undefined;
}

/** Undefined for what is no list of scope names. */
export function readScopes(value: unknown): readonly Scope[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const scopes: Scope[] = [];
  for (const entry of value) {
    const scope = typeof entry === 'string' ? parseScope(entry) : undefined;
    if (scope === undefined) return undefined;
    scopes.push(scope);
  }
  return scopes;
}

/** Undefined for what is no list of objects with a kind. */
export function readRestrictions(value: unknown): readonly ForeignRestriction[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const restrictions: ForeignRestriction[] = [];
  for (const entry of value) {
    const kind = asObject(entry)?.kind;
    if (typeof kind !== 'string' || kind === '') return undefined;
    // What is inside a known kind is judged where it is compiled, which denies the token by name.
    restrictions.push(entry as ForeignRestriction);
  }
  return restrictions;
}
