import type { TokenRecord } from '../token/token-record.ts';
import { MAX_TOKEN_TEXT_LENGTH, recogniseTokenText } from '../token/token-text.ts';
import type { CheckRequest, Sighting } from './check-request.ts';
import type { Policy } from './decision.ts';
import { readTokenText } from './read-token-text.ts';
import type { TraceCheck } from './trace.ts';

/** What a check is described from. */
export interface Described {
  readonly request: CheckRequest;
  readonly policy: Policy;
  /** Unix milliseconds. */
  readonly now: number;
  /** Whether the source called the record too old. */
  readonly isStale: boolean;
}

/** A check in words. `saw` is only asked of a check that was made. */
export interface CheckInWords<Seen> {
  readonly check: TraceCheck;
  readonly saw: (seen: Seen, described: Described) => string;
  readonly wants: (described: Described) => string;
}

/** The checks of a token's text, up to its look-up. */
export const textChecks: readonly CheckInWords<TokenRecord | undefined>[] = [
  {
    check: 'token_present',
    saw: (_, { request }) => transports(request),
    wants: () => 'a token in "Authorization: Bearer" or in access_token of the query',
  },
  {
    check: 'request_form',
    saw: (_, { request }) => transports(request),
    wants: () => 'one token, in one place, once',
  },
  {
    check: 'token_form',
    saw: (_, { request }) => outline(request),
    wants: () => `pk., sk. or tk. and two more parts, at most ${MAX_TOKEN_TEXT_LENGTH} characters`,
  },
  {
    check: 'transport',
    saw: (_, { request }) => `${outline(request)}; ${transports(request)}`,
    wants: ({ policy }) =>
      policy.secretInQuery === 'refuse' ? 'secret tokens in the Authorization header only' : 'either place',
  },
  {
    check: 'token_known',
    saw: (record, { isStale }) => {
      if (record !== undefined) return `the token ${record.id}`;
      return isStale
        ? 'no token with this text, in a list that may lack new tokens'
        : 'no token with this text';
    },
    wants: () => 'a token that exists',
  },
];

/** The checks of a known token, up to its restrictions: those write their own steps. */
export const recordChecks: readonly CheckInWords<TokenRecord>[] = [
  {
    check: 'record_readable',
    saw: (record) => record.bad ?? `the record of revision ${record.revision}`,
    wants: () => 'a record that can be read whole',
  },
  {
    check: 'not_revoked',
    saw: (record) => (record.revoked ? 'a revoked token' : 'a token that was not revoked'),
    wants: () => 'a token that was not revoked',
  },
  {
    check: 'not_expired',
    saw: (record) =>
      record.expires === Number.POSITIVE_INFINITY ? 'no end' : `the end ${instant(record.expires)}`,
    wants: ({ now }) => `no end, or one after ${instant(now)}`,
  },
  {
    check: 'replica_current',
    saw: (_, { isStale }) => (isStale ? 'a record that may be too old' : 'a record that is recent enough'),
    wants: () => 'a record within the age allowed for this class of token',
  },
  {
    check: 'account_active',
    saw: ({ account }) => `the account ${account.name}, ${account.suspended ? 'suspended' : 'active'}`,
    wants: () => 'an active account',
  },
  {
    check: 'restrictions_supported',
    saw: ({ restrictions }) => restrictions.unsupported ?? 'only restrictions that can be applied',
    wants: () => 'only restrictions that can be applied',
  },
  {
    check: 'scope',
    saw: ({ scopes }) => (scopes.length === 0 ? 'no scopes' : scopes.join(', ')),
    wants: ({ policy }) =>
      policy.requires.length === 0 ? 'any scopes, or none' : policy.requires.join(', '),
  },
];

function transports({ authorization, queryToken }: CheckRequest): string {
  const places: string[] = [];
  if (authorization !== undefined) places.push(`${times(authorization)} in an Authorization header`);
  if (queryToken !== undefined) places.push(`${times(queryToken)} in access_token of the query`);
  return places.length === 0 ? 'neither an Authorization header nor access_token' : places.join(', ');
}

function times(sighting: NonNullable<Sighting>): string {
  return typeof sighting === 'string' || sighting.length === 1 ? 'once' : `${sighting.length} times`;
}

function outline(request: CheckRequest): string {
  const text = readTokenText(request);
  if (typeof text !== 'string') return 'no token';
  const usage = recogniseTokenText(text);
  if (usage !== undefined) return `a token that begins with ${usage}.`;
  return `${text.length} characters in ${text.split('.', 10).length} parts`;
}

function instant(unixMilliseconds: number): string {
  const at = new Date(unixMilliseconds);
  return Number.isNaN(at.getTime()) ? 'out of range' : at.toISOString();
}
