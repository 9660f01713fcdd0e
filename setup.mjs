// Makes a fresh clone ready: packages, then the build. Plain JavaScript that Node 20 runs, because it comes before the
// pinned Node 24 of node_modules/.bin. Skips what is up to date; ends with one clear sentence where it cannot go on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildDashboard } from './scripts/build-dashboard.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const stampFile = path.join(root, 'node_modules', '.cache', 'latchkey-setup');
const bin = path.join(root, 'node_modules', '.bin');

const say = (text) => process.stdout.write(`setup: ${text}\n`);

function fail(sentence) {
  process.stderr.write(`setup: ${sentence}\n`);
  process.exit(1);
}

function run(command, args) {
  return spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
  });
}

function explainInstallFailure(output) {
  if (/ENOSPC/.test(output))
    return 'there is no disk space left for the packages; free about 1.5 GB and try again.';
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|network/i.test(output))
    return 'the npm registry cannot be reached; check the network (or the proxy settings of npm) and try again.';
  if (/EACCES|EPERM/.test(output)) return `npm may not write to ${root}; check who owns the folder.`;
  return undefined;
}

function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (installed === wanted && existsSync(path.join(bin, 'node'))) return say('packages are up to date');

  say('installing packages (npm ci; about a minute the first time) …');
  const npm = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (npm.status !== 0) {
    const output = `${npm.stdout ?? ''}${npm.stderr ?? ''}${npm.error?.message ?? ''}`;
    process.stderr.write(`${output.trim().split('\n').slice(-20).join('\n')}\n`);
    fail(explainInstallFailure(output) ?? 'npm ci failed; its last lines are above.');
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  say('packages are installed');
}

function build() {
  say('building (only what has changed) …');
  const tsc = run(path.join(bin, 'tsc'), ['--build']);
  if (tsc.status !== 0) {
    process.stderr.write(`${tsc.stdout ?? ''}${tsc.stderr ?? ''}`);
    const noSpace = /ENOSPC/.test(`${tsc.stdout}${tsc.stderr}`);
    fail(
      noSpace
        ? 'there is no disk space left for the build.'
        : 'the build failed; the compiler names the place above.',
    );
  }
  const dashboard = buildDashboard();
  if (dashboard.status === 'failed') {
    process.stderr.write(dashboard.output);
    fail('the dashboard could not be built; vite names the place above.');
  }
  say('built');
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old; install Node 20 or newer and try again.`);
installPackages();
build();
