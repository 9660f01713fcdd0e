// `npm test`: every check, one after the other, then what could not be run, then one closing line that counts.
// LATCHKEY_REQUIRE_ALL=1 (set by .ci/run) turns a gap into a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(path.join(tmpdir(), 'latchkey-test-'));
const report = path.join(scratch, 'vitest.json');
const gapFile = path.join(scratch, 'gaps.txt');
const publicPackages = ['core', 'wire', 'verifier', 'gateway', 'server', 'cli'];

const checks = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.check.json']],
  ['import directions', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'examples']],
  ['unused code and dependencies', 'knip', []],
  ['size of the dashboard', 'size-limit', []],
  ...publicPackages.map((name) => [`package shape of ${name}`, 'publint', ['--strict', `packages/${name}`]]),
];

const failures = [];
let passed = 0;

function step(name, command, args, options = {}) {
  process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (done.status === 0) {
    passed += 1;
    process.stdout.write(`   ok, ${seconds} s\n`);
  } else {
    failures.push(name);
    process.stdout.write(`   FAILED, ${seconds} s${done.error ? `: ${done.error.message}` : ''}\n`);
  }
}

const filters = process.argv.slice(2);
if (filters.length === 0) for (const [name, command, args] of checks) step(name, command, args);

step(
  'tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
  {
    // Debian keeps servers such as nginx in /usr/sbin, which is not on everybody's path.
    env: {
      ...process.env,
      PATH: `${process.env.PATH}${path.delimiter}/usr/sbin`,
      LATCHKEY_GAP_FILE: gapFile,
      // The tests start some hundreds of processes from the same files, which need not be compiled for each.
      NODE_COMPILE_CACHE: path.join(scratch, 'compiled'),
    },
  },
);

let failed = failures.filter((name) => name !== 'tests').length;
if (existsSync(report)) {
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.numPassedTests - (failures.includes('tests') ? 0 : 1);
  failed += counts.numFailedTests;
  const silent = counts.numPendingTests + counts.numTodoTests;
  if (silent > 0) failures.push(`${silent} tests were skipped without being declared as a gap`);
}
if (failures.length > 0 && failed === 0) failed = failures.length;

const gaps = existsSync(gapFile) ? [...new Set(readFileSync(gapFile, 'utf8').trim().split('\n'))] : [];
rmSync(scratch, { recursive: true, force: true });

process.stdout.write('\n');
for (const gap of gaps) process.stdout.write(`could not run here: ${gap}\n`);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
if (gaps.length > 0 && process.env.LATCHKEY_REQUIRE_ALL === '1') failed += gaps.length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
