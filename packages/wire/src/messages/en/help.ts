/** What help says about each command, and what its examples are for. */
export const help = {
  usageTitle: 'Usage:',
  argumentsTitle: 'Arguments:',
  optionsTitle: 'Options:',
  globalOptionsTitle: 'Options of every command:',
  commandsTitle: 'Commands:',
  examplesTitle: 'Examples:',
  defaultValue: (p: { value: string }) => `default: ${p.value}`,
  described: (p: { description: string; extra: string }) => `${p.description} (${p.extra})`,
  environmentVariable: (p: { name: string }) => `or ${p.name}`,

  program:
    'Access tokens that you host yourself: public, secret and temporary; decided in process, revoked at once.',
  programMore:
    'Exit codes: "latchkey help exit-codes". The token to call with comes from LATCHKEY_TOKEN, --token-file or "latchkey login".',
  help: 'show the help of a command; "exit-codes" lists the exit codes',
  exampleBegin: "Begin: a database, and the operator's token",
  exampleServe: 'Run the server',
  exampleAccount: "Make an account (with the operator's token)",
  exampleToken: "Make a public token for one web site (with the account's token)",

  serve: 'Run the server until it is stopped (Ctrl-C).',
  servePort: 'Serve one folder on another port',
  serveConfig: 'Serve with a configuration file',

  gateway:
    'Run the doors that nginx, Caddy and other gateways ask before they let a request through, until stopped (Ctrl-C).',
  gatewayConfig: 'Run them as a configuration file says',
  gatewayToken: 'With the token of the feed from a file',

  init: "Make the database and the operator's account, and show the operator's token, once.",
  initOut: "Keep the operator's token in a file",
  initJson: 'For scripts: {"account", "operatorToken"}',

  login: 'Keep a token for later commands, in a file that only you can read.',
  loginPaste: 'Paste a token when asked',
  loginPipe: 'From a file',
  logout: 'Remove the token that "login" kept.',

  account: 'Accounts: what tokens belong to. For the operator.',
  accountCreate:
    'Make an account, with a default public token and a secret token that has every scope of the account.',
  accountCreateShow: 'Make an account and show its secret token',
  accountCreateOut: 'Make one that may hold two scopes only, and keep its token in a file',
  accountList: 'List the accounts.',
  accountListAll: 'Every account',
  accountSuspend: 'Suspend an account: every token of it is refused, until it is resumed.',
  accountSuspendIt: 'Suspend without being asked',
  accountResume: 'Resume a suspended account.',
  accountResumeIt: 'Let its tokens work again',

  token: 'Tokens of your account.',
  tokenCreate: 'Make a token. A secret or temporary one is shown once, here.',
  tokenCreatePublic: 'A public token for one web site and all below it',
  tokenCreateSecret: 'A secret token for a server, kept in a file',
  tokenCreateTemporary: 'A temporary token for half an hour',
  tokenList: 'List the tokens, newest first.',
  tokenListSome: 'Secret tokens whose note has "deploy" in it',
  tokenListJson: 'Every id, for scripts',
  tokenShow: 'Show one token: what it may do, where, until when.',
  tokenShowIt: 'Everything about one token',
  tokenUpdate: "Change a token; what is not named stays. The token's text stays the same.",
  tokenUpdateUrls: 'Replace the web sites that may use it',
  tokenUpdateClear: 'Lift the expiry and the note',
  tokenRevoke:
    'Revoke tokens for good: they are refused at once, and so are temporary tokens that they made.',
  tokenRevokeAsk: 'Revoke after a question',
  tokenRevokeYes: 'Revoke two without a question',
  tokenRevokeFilter:
    'See which tokens nobody has used for 90 days; without --dry-run revoke them after a question',
  tokenRevokeWait: 'See every verifier apply it, for ten seconds at most',
  tokenRotate:
    'Replace a token by a new one with the same rights. The old one works until it is retired: after a grace time of 7 days, another one, or once nobody uses it.',
  tokenRotateGrace: 'Give yourself two days to put the new one everywhere',
  tokenRotateQuiet: 'Retire the old one when nobody has used it for a day',
  tokenRotateLeaked: 'A secret has leaked: replace it at once, and see every verifier refuse the old one',
  tokenRotateStatus:
    'Show a rotation: when the old token is retired, what that waits for, who still uses it.',
  tokenRotateStatusIt: 'By the id of either token',
  tokenRotateChange: 'Change when the old token is retired, counted from now.',
  tokenRotateChangeIt: 'Give it two more days',
  tokenRotateUndo:
    'Undo a rotation before the old token is retired. That one stays, and its successor is revoked or kept.',
  tokenRotateUndoIt: 'Go back to the old token',
  tokenRotateUndoKeep: 'Go on with both',
  tokenVerify:
    'Ask whether a token is valid. Exit code 7 when it is not. Needs no token but the one asked about.',
  tokenVerifyPipe: "From a file or a pipe: the text stays out of the shell's history",
  tokenVerifyEnvironment: 'From an environment variable',

  scopes: 'List the scopes that tokens can have.',
  scopesPublic: 'Only those that a public token may have',

  explain:
    'Say whether a request would be allowed, and show every check: which one fails first, and the smallest change that would let it pass. Exit code 7 when it is refused.',
  explainById: 'Why does the token on this page not work?',
  explainCurl: 'Paste a curl command',
  explainPipe: "With a token's text from a file",
  explainRefusal: 'Why was this very request refused? By the requestId of its answer',

  usage: 'Show how many requests verifiers let in and refused, by time, token, service and more.',
  usageDays: 'The last thirty days',
  usageTokens: 'Which tokens were used in the last week',
  usageWho: 'Who still uses this token',

  verifiers:
    'Show the verifiers: where each one stands, and which records it could not read. For the operator.',
  verifiersJson: 'Names of those that are cut off, for scripts',

  audit: 'Show who changed what, newest first.',
  auditToken: 'What was done to one token',
  auditRevocations: 'Revocations only',

  config: 'The configuration file.',
  configCheck: 'Check the configuration and name every problem, with its line.',
  configCheckIt: 'Check before a restart',
};
