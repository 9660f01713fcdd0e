/** `latchkey serve`, `init`, `config check`: what runs on this machine. */
export const server = {
  nodeTooOld: (p: { version: string }) =>
    `Running the server needs Node.js 22.12 or newer; this is ${p.version}. Other commands work with this one.`,
  nodeTooOldFix:
    'Install a current Node.js from https://nodejs.org/, or run this command where there is one.',
  notInstalled: 'The server is not installed beside this command.',
  notInstalledFix: 'Run: npm install @latchkey/server',
  listening: (p: { url: string }) => `Latchkey listens on ${p.url}`,
  dataIn: (p: { folder: string }) => `Data is kept in ${p.folder}`,
  notInitialised: "There is no operator's account yet, so nobody can make accounts.",
  notInitialisedFix: (p: { folder: string }) => `Stop this server and run: latchkey init --data ${p.folder}`,
  stopWith: 'Press Ctrl-C to stop.',
  stopping: 'Stopping: finishing the requests that are under way …',
  stopped: 'Stopped.',
  portTaken: (p: { host: string; port: number }) =>
    `Port ${p.port} on ${p.host} is taken by another program.`,
  portTakenFix: 'Name another with --port or LATCHKEY_PORT, or stop the other program.',
  portForbidden: (p: { host: string; port: number }) => `This user may not listen on ${p.host}:${p.port}.`,
  portForbiddenFix: 'Ports below 1024 usually need more rights; name another with --port.',
  hostUnknown: (p: { host: string }) => `${p.host} is not an address of this machine.`,
  hostUnknownFix: 'Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.',
  dataUnusable: (p: { folder: string; problem: string }) =>
    `The data folder ${p.folder} cannot be used: ${p.problem}.`,
  dataUnusableFix: 'Name a folder that you may write to with --data, and check the disk.',
  startFailed: (p: { problem: string }) => `The server could not start: ${p.problem}`,

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
  configFile: 'file',
  configDefaults: 'no file: defaults and LATCHKEY_* only',
  configBad: (p: { count: number }) =>
    p.count === 1 ? 'The configuration has a problem:' : `The configuration has ${p.count} problems:`,
};
