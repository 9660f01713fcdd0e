#!/usr/bin/env node
// Plain JavaScript that Node 16 can parse: an old Node has to reach the sentence below, not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 12)) {
  process.stderr.write(
    `latchkey needs Node.js 20.12 or newer (22.12 or newer for "serve", "init", "config check" and "gateway").\n` +
      `This is Node.js ${process.versions.node}, at ${process.execPath}.\n` +
      `Install a current Node.js from https://nodejs.org/ and run the command again.\n`,
  );
  process.exitCode = 1;
} else {
  await import('#main').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist')) throw error;
    process.stderr.write(
      `latchkey is not built yet: ${error.message}\n` +
        `In a clone of the repository, run "npm install" and then "npm start" or "npx tsc -b" once.\n`,
    );
    process.exitCode = 1;
  });
}
