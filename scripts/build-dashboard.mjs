// Builds the dashboard where its sources have changed since it was built. Plain JavaScript that Node 20 runs, because setup.mjs does;
// vite itself runs on the pinned Node of node_modules/.bin.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = path.join(root, 'node_modules', '.bin');
const stampFile = path.join(root, 'node_modules', '.cache', 'latchkey-dashboard');
const built = path.join(root, 'packages', 'server', 'dashboard', 'index.html');

/** What goes into the build: the package itself, and those that it is bundled with. */
const SOURCES = [
  'package-lock.json',
  'packages/dashboard',
  'docs/guide',
  'packages/core/src',
  'packages/core/package.json',
  'packages/wire/src',
  'packages/wire/package.json',
];

/** Builds it or leaves it. `output` holds what vite said where it failed. */
export function buildDashboard() {
  const wanted = digestOfSources();
  if (existsSync(built) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted)
    return { status: 'unchanged' };
  const vite = spawnSync(path.join(bin, 'vite'), ['build', '--logLevel', 'warn'], {
    cwd: path.join(root, 'packages', 'dashboard'),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
  });
  if (vite.status !== 0)
    return {
      status: 'failed',
      output: `${vite.stdout ?? ''}${vite.stderr ?? ''}${vite.error?.message ?? ''}`,
    };
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  return { status: 'built' };
}

function digestOfSources() {
  const digest = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(path.join(root, source))) {
      digest.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return digest.digest('hex');
}

function filesOf(place) {
  if (path.extname(place) === '.json') return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
