/** Reaching the server, being let in, and what it refuses. */
export const connection = {
  refused: (p: { url: string }) => `Nothing answers at ${p.url}.`,
  refusedFix: (p: { url: string }) =>
    `Is the server running there? Start it with "latchkey serve --data DIR", or name the right one with --server or LATCHKEY_URL (now ${p.url}).`,
  unknownHost: (p: { host: string }) => `There is no host called ${p.host}.`,
  unknownHostFix: 'Check the spelling of --server or LATCHKEY_URL, and the network.',
  timedOut: (p: { url: string }) => `${p.url} did not answer in time.`,
  timedOutFix: 'Try again; if it stays so, look at the server\'s log and at "/readyz".',
  unreachable: (p: { url: string; problem: string }) => `${p.url} cannot be reached: ${p.problem}.`,
  unreachableFix: 'Check --server or LATCHKEY_URL, the network and any proxy between.',
  notLatchkey: (p: { url: string }) =>
    `What answers at ${p.url} is not a Latchkey server, or something stands between.`,
  notLatchkeyFix: 'Check --server or LATCHKEY_URL: it is the address without a path.',

  noToken: 'This command needs a token, and none was given.',
  noTokenFix:
    'Put it into the environment variable LATCHKEY_TOKEN, name a file with --token-file FILE, or keep it with "latchkey login".',
  tokenNotAccepted: 'The server does not accept this token: it is unknown, revoked or expired.',
  tokenNotAcceptedFix: (p: { source: string }) =>
    `The token came from ${p.source}. Ask for a new one, or check it with "latchkey token verify".`,
  tokenMalformed: (p: { source: string }) => `What came from ${p.source} is not a token.`,
  tokenMalformedFix:
    'A token is three parts with dots between, beginning with pk., sk. or tk.; check that all of it was copied.',
  tokenOnCommandLine:
    'A token on the command line stays in your shell\'s history and is seen by everybody who can list processes. Use LATCHKEY_TOKEN, --token-file or "latchkey login".',
  fileUnreadable: (p: { file: string; problem: string }) => `${p.file} cannot be read: ${p.problem}.`,
  fileTooOpen: (p: { file: string }) => `${p.file} holds a token and can be read by others.`,
  fileTooOpenFix: (p: { file: string }) => `Run: chmod 600 ${p.file}`,
  fileNotCredentials: (p: { file: string }) => `${p.file} is not a credentials file.`,
  fileNotCredentialsFix: 'Write it anew with "latchkey login".',
  sourceOption: 'the option --token',
  sourceEnvironment: 'LATCHKEY_TOKEN',

  notAllowed: (p: { detail: string }) => `The server refused: ${p.detail}`,
  lacksScope: (p: { scope: string }) => `This token lacks the scope ${p.scope}.`,
  lacksScopeFix: (p: { scope: string }) => `Use a token that has ${p.scope}.`,
  rateLimited: 'The server asks to slow down: too many requests.',
  rateLimitedFix: (p: { seconds: number }) =>
    `Try again in ${p.seconds} ${p.seconds === 1 ? 'second' : 'seconds'}.`,
  serverFailed: (p: { status: number }) => `The server failed (status ${p.status}).`,
  serverFailedFix: (p: { requestId: string }) => `Look for request ${p.requestId} in the server's log.`,
  unexpected: (p: { problem: string }) => `Something went wrong that should not: ${p.problem}`,
  unexpectedFix: 'Run it again with LATCHKEY_DEBUG=1 to see where, and report it.',

  loggedIn: (p: { url: string; account: string; file: string }) =>
    `Signed in to ${p.url} as ${p.account}. The token is kept in ${p.file} (readable by you alone).`,
  loggedOut: (p: { file: string }) =>
    `Removed ${p.file}. The token itself still works: revoke it if it is not needed.`,
  notLoggedIn: 'There was nothing to remove: no credentials are kept here.',
  pipeToken: 'Pipe it in: latchkey login < token.txt',
  pasteToken: (p: { url: string }) => `Paste a token for ${p.url}`,
};
