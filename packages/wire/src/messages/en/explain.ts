/** `latchkey explain`. */
export const explain = {
  allowed: 'Allowed: this request would pass.',
  refused: (p: { status: number; reason: string }) =>
    `Refused: the API would answer ${p.status} (${p.reason}).`,
  firstFailure: 'first failing check',
  saw: 'saw: ',
  wants: 'wants: ',
  why: 'Why: ',
  seen: 'Seen: ',
  fix: 'Smallest fix: ',
  route: (p: { method: string; path: string; service: string; scopes: string }) =>
    `The request meets ${p.method} ${p.path} of ${p.service}, which wants ${p.scopes}.`,
  noRoute:
    'No configured route matches this request, so no scope was asked for. Name scopes with --needs to check them.',
  anyToken: 'any valid token',
  exposed:
    'A secret would stand in the URL, where logs and other sites see it: send it as "Authorization: Bearer".',
  noToken:
    'Which token? Give its id with --token-id, its text from a file or a pipe, or a --curl command that holds it.',
  noRequest: 'Which request? Name it with --path, --url or --curl.',
  curlNotCurl: 'is not a curl command; it begins with "curl"',
  curlNoUrl: 'names no address',
  curlUnclosed: 'has a quote that is not closed',
  check: {
    token_present: 'a token was sent',
    request_form: 'the token was sent once, in one way',
    token_form: 'the text has the form of a token',
    transport: 'the token came in an allowed way',
    token_known: 'the token exists',
    record_readable: 'its record can be read',
    not_revoked: 'it is not revoked',
    not_expired: 'it has not expired',
    replica_current: 'what is known of it is recent',
    account_active: 'its account is active',
    restrictions_supported: 'its restrictions are understood',
    scope: 'it has the scope',
    resource: 'the resource is allowed',
    url: 'the web site is allowed',
    application: 'the application is allowed',
    address: 'the address is allowed',
  },
};
