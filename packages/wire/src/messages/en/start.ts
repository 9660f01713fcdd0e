/** `npm start`. */
export const start = {
  starting: 'Starting the server and the maps API …',
  running: 'Latchkey is running, and a small maps API behind it.',
  openDashboard: 'the dashboard: tokens, usage, members',
  openMap: 'a map, drawn with a public token that works on localhost only',
  openScopes: 'which scopes each API needs',
  openApi: 'the API of Latchkey itself (OpenAPI 3.1)',

  signIn: 'To sign in to the dashboard:',
  email: 'e-mail  ',
  password: 'password',
  inFile: (p: { file: string }) => `is kept in ${p.file}`,

  tokensMade: (p: { folder: string }) =>
    `Made on this first run, and shown only now. They are kept in ${p.folder}, in files that only you can read:`,
  tokensKept: 'Tokens are kept in files that only you can read:',
  operatorToken: "the operator's secret token: makes and suspends accounts",
  accountToken: 'the secret token of the account "demo": everything that this account may do',

  tryIt: 'To try in another terminal:',
  curlAllowed: 'Allowed: the token may read tiles.',
  curlRefused: 'Refused, and the answer says why: this token works on pages of localhost only.',
  curlRevoke: 'Revoked: afterwards the first line is refused, at once.',
  cli: 'The same with the command line, in this folder:',

  portFix:
    'Stop it, or choose another port: LATCHKEY_PORT=9420 npm start (for the maps: MAP_PORT, MAP_PAGE_PORT).',
  dataFix: 'Choose another folder: LATCHKEY_DATA_DIR=/some/folder npm start',
  tokenLost: (p: { file: string }) =>
    `There is an installation already, but the file ${p.file} with its token is missing.`,
  passwordLost: (p: { file: string }) =>
    `There is an installation already, but the file ${p.file} with the password for its dashboard is missing.`,
  tokenDead: (p: { file: string }) =>
    `The token in ${p.file} does not work any more: it was revoked, or belongs to other data.`,
  beginAnew: (p: { folder: string }) => `Put the right file back, or move ${p.folder} away to begin anew.`,
};
