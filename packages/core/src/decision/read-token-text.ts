import type { CheckRequest, Sighting } from './check-request.ts';
import type { Denied } from './decision.ts';
import { deny } from './deny.ts';

/** RFC 6750 §2.1. */
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
/** RFC 9110 §5.6.2: a character with which the name of a scheme goes on. */
const SCHEME_CHARACTER = /[A-Za-z0-9!#$%&'*+\-.^_`|~]/;
const SPACE = 0x20;
const EMPTY_BEARER = /^(?:bearer *)?$/i;

/**
 * Finds the token that a request carries, in `Authorization: Bearer` (scheme in any case) or in `access_token` of the query.
 *
 * - Nothing, an empty value, or another scheme (`Basic …`, which RFC 6750 §3.1 counts as no authentication
 *   information): `no_token`. Another scheme beside a query token is left to whoever it is meant for.
 * - Both places, a query parameter repeated with differing values, a repeated `Authorization`, or a Bearer value that
 *   is not one b64token: `malformed_request`. The same query value repeated is accepted: the Mapbox SDK sends it when it
 *   follows a `Link`.
 */
export function readTokenText(request: CheckRequest): string | Denied {
  const text = takeTokenText(request);
  return typeof text === 'string' ? (findFormFault(request, text) ?? text) : text;
}

/**
 * {@link readTokenText} without the look at each character, which costs a third of the digest. For a caller who looks
 * the text up: no token has a text of another form, so only a text that is not found needs {@link findFormFault}.
 */
export function takeTokenText(request: CheckRequest): string | Denied {
  const { authorization, queryToken } = request;
  if (typeof authorization === 'object' && authorization.length > 1) {
    return deny('malformed_request', 'The Authorization header came more than once.');
  }
  const header = typeof authorization === 'object' ? authorization[0] : authorization;
  const bearer = header === undefined ? '' : takeBearer(header);
  if (bearer === undefined) return malformedHeader();
  if (queryToken === undefined && bearer !== '') return bearer;
  const query = readQuery(queryToken);
  if (query === undefined) {
    return deny('malformed_request', 'access_token came more than once in the query, with differing values.');
  }
  if (query === '') return bearer === '' ? noToken(header) : bearer;
  if (bearer === '') return query;
  return deny('malformed_request', 'A token came in the Authorization header and another in the query.');
}

/** The refusal of a text from {@link takeTokenText} that came as Bearer and is not a b64token. */
export function findFormFault(request: CheckRequest, text: string): Denied | undefined {
  return isTokenInQuery(request) || B64TOKEN.test(text) ? undefined : malformedHeader();
}

/** True where the token that {@link readTokenText} finds came in the query. */
export function isTokenInQuery({ queryToken }: CheckRequest): boolean {
  return Boolean(typeof queryToken === 'object' ? queryToken[0] : queryToken);
}

/** What stands after the scheme; `''`: no Bearer token; undefined: the scheme is Bearer and no space follows. */
function takeBearer(header: string): string | undefined {
  if (!header.startsWith('Bearer ')) {
    if (header.slice(0, 6).toLowerCase() !== 'bearer' || header.length === 6) return '';
    if (header.charAt(6) !== ' ') return SCHEME_CHARACTER.test(header.charAt(6)) ? '' : undefined;
  }
  let start = 7;
  while (header.charCodeAt(start) === SPACE) start += 1;
  return header.slice(start);
}

function malformedHeader(): Denied {
  return deny('malformed_request', 'Authorization must be "Bearer", a space and the token, nothing else.');
}

/** The value; `''`: none; undefined: repeated with differing values. */
function readQuery(sighting: Sighting): string | undefined {
  if (sighting === undefined || typeof sighting === 'string') return sighting ?? '';
  const first = sighting[0] ?? '';
  return sighting.every((value) => value === first) ? first : undefined;
}

function noToken(header: string | undefined): Denied {
  const isOtherScheme = header !== undefined && !EMPTY_BEARER.test(header);
  return isOtherScheme
    ? deny('no_token', 'The Authorization header has another scheme than Bearer.')
    : deny('no_token');
}
