/** `latchkey serve`, `init`, `config check`: what runs on this machine. */
export const server = {
  nodeTooOld: (p: { command: string; version: string }) =>
    `"latchkey ${p.command}" needs Node.js 22.12 or newer; this is ${p.version}. Commands that only speak to a server work with this one.`,
  nodeTooOldFix:
    'Install a current Node.js from https://nodejs.org/, or run this command where there is one.',
  notInstalled: 'The server is not installed beside this command.',
  notInstalledFix: 'Run: npm install @latchkey/server',
  listening: (p: { url: string }) => `Latchkey listens on ${p.url}`,
  dataIn: (p: { folder: string }) => `Data is kept in ${p.folder}`,
  notInitialised: (p: { folder: string }) =>
    `${p.folder} holds no installation yet: there is no operator's account.`,
  notInitialisedFix: (p: { folder: string }) => `Make it first: latchkey init --data ${p.folder}`,
  setUp:
    'Nobody can sign in yet. Make the first person with this link (it works once, for a day, until the next start):',
  stopWith: 'Press Ctrl-C to stop.',
  stopping: 'Stopping: finishing the requests that are under way …',
  portTaken: (p: { host: string; port: number }) =>
    `Port ${p.port} on ${p.host} is taken by another program.`,
  portTakenFix: 'Name another with --port or LATCHKEY_PORT, or stop the other program.',
  cannotListen: (p: { host: string; port: number; problem: string }) =>
    `The server cannot listen on ${p.host}:${p.port}: ${p.problem}.`,
  cannotListenFix:
    'Ports below 1024 usually need more rights: name another with --port. The host is an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all.',
  dataUnusable: (p: { folder: string; problem: string }) =>
    `The data folder ${p.folder} cannot be used: ${p.problem}.`,
  dataUnusableFix: 'Name a folder that you may write to with --data, and check the disk.',

  initialised: (p: { account: string; folder: string }) =>
    `Made the operator's account "${p.account}" in ${p.folder}.`,
  operatorToken: "operator's token",
  next: 'Next',
  nextServe: (p: { folder: string }) => `latchkey serve --data ${p.folder}`,
  nextAccount: "LATCHKEY_TOKEN=<operator's token> latchkey account create NAME",
  alreadyInitialised: (p: { folder: string }) =>
    `${p.folder} has its operator's account already; nothing was changed.`,
  alreadyInitialisedFix:
    'Its token was shown when it was made and cannot be shown again. For a new installation name an empty folder.',

  configGood: 'The configuration is good.',
  configBad: (p: { count: number }) =>
    p.count === 1 ? 'The configuration has a problem:' : `The configuration has ${p.count} problems:`,
};
