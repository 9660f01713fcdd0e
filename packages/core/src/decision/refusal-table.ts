import type { DenyReason } from './deny-reason.ts';

/** What is told about one reason. `{scope}` stands for the scope that is lacking. */
export interface RefusalRow {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** The public message, exactly as clients know it. */
  readonly message: string;
  /** The error code in `WWW-Authenticate` (RFC 6750 §3.1); `none`: a challenge without one; undefined: no challenge. */
  readonly challenge: 'none' | 'invalid_request' | 'invalid_token' | 'insufficient_scope' | undefined;
  /** Seconds for `Retry-After`, where trying again can help. */
  readonly retryAfterSeconds: number | undefined;
  /** The reason that a caller is told who did not show the text of a known token. */
  readonly toStrangers: DenyReason;
  /** One sentence for the token's holder: what is wrong. */
  readonly sentence: string;
  /** The smallest change that lets the request pass. */
  readonly fix: string;
}

const INVALID = {
  status: 401,
  message: 'Not Authorized - Invalid Token',
  challenge: 'invalid_token',
} as const;
const FORBIDDEN = { status: 403, message: 'Forbidden', challenge: 'insufficient_scope' } as const;
const UNUSABLE = { status: 403, message: 'Forbidden', challenge: 'invalid_token' } as const;
const NEVER = { retryAfterSeconds: undefined } as const;

/**
 * The closed table of refusals. `Forbidden` for a restriction carries `insufficient_scope`, because RFC 6750 §3.1 wants one
 * of its three codes and this one means "the request requires higher privileges than provided by the access token".
 */
export const refusalTable = {
  no_token: {
    status: 401,
    message: 'Not Authorized - No Token',
    challenge: 'none',
    ...NEVER,
    toStrangers: 'no_token',
    sentence: 'The request carries no token.',
    fix: 'Send the token as "Authorization: Bearer <token>" or as access_token in the query.',
  },
  malformed_request: {
    status: 400,
    message: 'Bad Request',
    challenge: 'invalid_request',
    ...NEVER,
    toStrangers: 'malformed_request',
    sentence: 'The request carries its token in a way that can be read in more than one way.',
    fix: 'Send one token, once: either in one Authorization header or in access_token of the query.',
  },
  malformed_token: {
    ...INVALID,
    ...NEVER,
    toStrangers: 'malformed_token',
    sentence: 'The text is not a token: a token begins with pk., sk. or tk. and has three parts.',
    fix: 'Copy the whole token again, from its first letters to its last.',
  },
  secret_in_query: {
    status: 401,
    message: 'Not Authorized - Secret Token In URL',
    challenge: 'invalid_token',
    ...NEVER,
    toStrangers: 'secret_in_query',
    sentence: 'A secret token came in the URL, where logs and other sites see it, and this API refuses that.',
    fix: 'Send it as "Authorization: Bearer <token>", and replace it: it may have been seen.',
  },
  unknown_token: {
    ...INVALID,
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: 'No such token exists.',
    fix: 'Compare the token with the one in your account, or create a new one.',
  },
  bad_record: {
    ...UNUSABLE,
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: "The token's record could not be read, so the token is refused.",
    fix: 'Ask the operator of this API to look at the verifier, which reports the record.',
  },
  revoked: {
    ...INVALID,
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: 'The token was revoked.',
    fix: 'Use another token, or create a new one; a revoked token never comes back.',
  },
  expired: {
    ...INVALID,
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: 'The token has expired.',
    fix: 'Create a new token.',
  },
  replica_stale: {
    status: 503,
    message: 'Service Unavailable',
    challenge: undefined,
    retryAfterSeconds: 5,
    toStrangers: 'replica_stale',
    sentence: 'The verifier has not heard from the token server recently enough to answer for this token.',
    fix: 'Try again in a few seconds; if it lasts, the operator has to restore the connection to the token server.',
  },
  account_suspended: {
    status: 403,
    message: 'Account suspended',
    challenge: 'invalid_token',
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: 'The account that the token belongs to is suspended.',
    fix: 'Ask the operator of this API to resume the account.',
  },
  unsupported_restriction: {
    ...UNUSABLE,
    ...NEVER,
    toStrangers: 'unknown_token',
    sentence: 'The token has a restriction that this verifier does not know, so the token is refused.',
    fix: 'Ask the operator of this API to update the verifier, or remove the restriction from the token.',
  },
  insufficient_scope: {
    status: 403,
    message: 'This API requires a token with {scope} scope.',
    challenge: 'insufficient_scope',
    ...NEVER,
    toStrangers: 'insufficient_scope',
    sentence: 'The token lacks the scope {scope}.',
    fix: 'Use a token that has {scope}, or add {scope} to this one.',
  },
  resource_not_allowed: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'resource_not_allowed',
    sentence: 'The token is restricted to other resources of this API.',
    fix: 'Add the path of this resource to the resources of the token.',
  },
  origin_opaque: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'origin_opaque',
    sentence:
      'The page has no origin of its own ("Origin: null"): a sandboxed frame, a file, or a redirect across sites.',
    fix: 'Serve the page from a web address and call the API without a redirect, or use a token without URL restrictions.',
  },
  evidence_missing: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'evidence_missing',
    sentence: 'The token is restricted to web pages, and the request does not say which page it comes from.',
    fix: 'Let the page send its address (Referrer-Policy: strict-origin-when-cross-origin); outside a browser use another token.',
  },
  evidence_malformed: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'evidence_malformed',
    sentence:
      'The headers that say which page or application the request comes from cannot be read in one way.',
    fix: 'Send Origin, Referer and the application headers as a browser or SDK sends them, each once.',
  },
  path_not_visible: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'path_not_visible',
    sentence: 'The token insists on a path of the page, and the browser shows only its origin.',
    fix: "Remove the path from the token's URLs, or serve page and API from one origin.",
  },
  url_not_allowed: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'url_not_allowed',
    sentence: 'The token is restricted to other web addresses than the one that the request comes from.',
    fix: "Add the address of the page to the token's URLs.",
  },
  application_not_allowed: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'application_not_allowed',
    sentence: 'The token is restricted to other mobile applications than the one that the request names.',
    fix: "Add the application's bundle identifier or package name to the token, or send it in the request.",
  },
  address_not_allowed: {
    ...FORBIDDEN,
    ...NEVER,
    toStrangers: 'address_not_allowed',
    sentence: 'The token is restricted to other network addresses than the one that the request comes from.',
    fix: "Add the address that the API sees to the token's addresses; behind a proxy, configure it as trusted.",
  },
  rate_limited: {
    status: 429,
    message: 'Too Many Requests',
    challenge: undefined,
    retryAfterSeconds: 60,
    toStrangers: 'rate_limited',
    sentence: 'Too many requests came with this token.',
    fix: 'Wait for the time in Retry-After and send fewer requests.',
  },
} as const satisfies Record<DenyReason, RefusalRow>;
