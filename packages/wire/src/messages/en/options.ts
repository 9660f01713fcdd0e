/** What each option and argument is for, as help shows it. */
export const options = {
  help: 'show this help',
  version: 'show the version',
  server: 'address of the server',
  token: 'the token to call with (shows in process lists: prefer the environment or a file)',
  tokenFile:
    'file that holds the token to call with; only you may be able to read it (otherwise LATCHKEY_TOKEN, then "latchkey login")',
  json: 'answer with JSON, for scripts',
  lang: 'language of the messages: en or zh (otherwise LATCHKEY_LANG, then LC_ALL or LANG)',
  noColor: 'no colours (also NO_COLOR)',

  config: 'configuration file (otherwise latchkey.yaml in this folder, where there is one)',
  data: 'folder that holds the database',
  port: 'port to listen on; 0 takes any free one',
  host: 'address to listen on; 0.0.0.0 lets other machines in',
  operator: "name of the operator's account",
  out: 'write the secret into this new file (mode 600) instead of showing it',
  wait: 'wait for every verifier to apply it, so many seconds at most (1 to 30; otherwise 30). Exit code 7 when some had not',
  yes: 'do not ask for confirmation',

  accountName: 'name of the account: 2 to 39 of a-z, 0-9 and "-"',
  allowance: 'scopes that the account may hold, separated by commas (otherwise all)',
  limit: 'at most this many, 1 to 500',
  cursor: 'go on where the page before ended',
  all: 'every page',

  tokenId: 'id of the token: 25 characters beginning with "c"',
  note: 'what the token is for; at most 128 characters',
  scopes:
    'what the token may do, separated by commas (see "latchkey scopes"); all public makes a public token (pk), any secret one a secret token (sk)',
  urls: 'web page or site that may use it; repeat for more, at most 100',
  strictPaths: 'refuse requests of which only the origin can be seen, where an entry has a path',
  noStrictPaths: 'let the origin decide where the path cannot be seen',
  resources: 'path prefix of the API that it may reach, /styles/v1/acme; repeat for more',
  applications: 'mobile application that may use it, ios:BUNDLE or android:PACKAGE; repeat for more',
  addresses: 'IP address or range that may use it, 203.0.113.0/24; repeat for more',
  expires: 'when it ends: a date, a time, or a duration from now (90d, 12h)',
  temporary:
    'make a temporary token (tk) that ends after this long, at most 1h, and with the token that made it',
  idempotencyKey: 'the same key with the same request never makes a second token',
  grace: 'retire the old token after this long, used or not: 0s to 30d (otherwise 7d)',
  untilQuiet: 'retire the old token once nobody has used it for this long, 1m to 30d',
  rotateExpires:
    'when the new token ends: a date, a time, a duration from now (90d), or "never" (otherwise when the old one does)',
  fateOfSuccessor:
    'revoke the successor, or keep it as a token of its own (otherwise it is revoked, but only where it was not used yet)',
  clear:
    'lift one of these, so that it no longer limits the token: urls, resources, applications, addresses, expires, note; repeat for more',

  filterText: 'part of the note, or a whole id',
  filterUsage: 'only pk, sk or tk (temporary ones are shown only so)',
  filterStatus: 'active, expired or revoked',
  filterScope: 'only tokens with this scope',
  filterDefault: 'only the default public token',
  filterNoDefault: 'all but the default public token',
  sortBy: 'created or modified; newest first',

  tokenText: 'the token; "-" or nothing reads it from standard input',
  fromFile: 'read the token from this file',
  fromEnvironment: 'read the token from this environment variable',

  explainToken: 'text of the token to explain; "-" reads it from standard input',
  explainId: 'id of the token to explain, instead of its text',
  method: 'method of the request',
  path: 'path of the request at the API, /styles/v1/acme/streets',
  url: 'address of the request at the API, instead of --path',
  header: 'header of the request as curl has it, "Origin: https://app.example.com"; repeat for more',
  address: 'IP address that the request comes from',
  query: 'the token comes as ?access_token= and not in a header',
  needs: 'scopes that the API wants, separated by commas (otherwise looked up by path)',
  curl: 'a whole curl command in quotes, as "Copy as cURL" gives it; method, address, headers and token are read from it',

  auditAccount: "only this account's log (for the operator, who otherwise sees every account's)",
  auditSubject: 'only what was done to this token id or account',
  auditAction: 'only one kind of change, such as token.revoke',
};
