import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readAudit } from './testing/audit.ts';
import { type Answer, call, field, listOf, textField } from './testing/call.ts';
import { type LocalVerifier, makeVerifierToken, startLocalVerifier } from './testing/local-verifier.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { runProgram, startProgram } from './testing/program.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { noteGap } from './testing/system-program.ts';
import { until } from './testing/until.ts';

// A disk that is really full, and one that really fails to sync: what is acknowledged is on it, what is not acknowledged is
// not half there, verification goes on, and the service is back by itself.

const COMMIT_ONCE = fileURLToPath(new URL('./testing/commit-once.ts', import.meta.url));
const DISK_MEBIBYTES = 16;
const TRIES = 12;
const MOST_WRITES = 5000;

interface Parts {
  readonly latchkey: Latchkey;
  readonly acme: TestAccount;
  readonly verifier: LocalVerifier;
}

interface Written {
  readonly id: string;
  readonly token: string;
}

const create = ({ latchkey, acme }: Parts, note: string): Promise<Answer> =>
  call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'], note },
  });

const revoke = ({ latchkey, acme }: Parts, { id }: Written): Promise<Answer> =>
  call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: acme.token });

const writtenBy = ({ body }: Answer): Written => ({
  id: textField(body, 'id'),
  token: textField(body, 'token'),
});

async function withParts(parent: string, work: (parts: Parts) => Promise<void>): Promise<void> {
  const latchkey = await startLatchkey({ parent });
  let verifier: LocalVerifier | undefined;
  try {
    const acme = await makeAccount(latchkey, 'acme');
    const token = await makeVerifierToken(latchkey);
    verifier = await startLocalVerifier({ url: latchkey.url, token });
    await work({ latchkey, acme, verifier });
  } finally {
    await verifier?.close();
    await latchkey.stop();
  }
}

/** Creations work again, without anybody's help. */
async function returnsByItself(parts: Parts): Promise<Written> {
  const made = await until('the service to return', async () => {
    const answer = await create(parts, 'after');
    return answer.status === 200 ? writtenBy(answer) : undefined;
  });
  await until('verifiers to hear of it', () => parts.verifier.ask(made.token) === 'allow' || undefined);
  return made;
}

/** After a crash, what was acknowledged is there and what was refused is not, and audit and state agree. */
async function survivesCrash(
  { latchkey, acme }: Parts,
  kept: readonly Written[],
  refusedNotes: readonly string[],
): Promise<void> {
  await latchkey.kill();
  await latchkey.start();
  for (const { token } of kept) {
    const { body } = await call(`${latchkey.url}/tokens/v2`, { token });
    expect(field(body, 'code')).toBe('TokenValid');
  }
  const { body } = await call(`${latchkey.url}/tokens/v2/acme?limit=500`, { token: acme.token });
  const rows = listOf(body).map((row) => ({ id: textField(row, 'id'), note: String(field(row, 'note')) }));
  expect(rows.filter(({ note }) => refusedNotes.includes(note))).toEqual([]);
  const audit = await readAudit(latchkey);
  expect(audit.map(({ sequence }) => sequence)).toEqual(audit.map((_, index) => index + 1));
  const created = new Set(
    audit.filter(({ action }) => action === 'token.create').map(({ subject }) => subject),
  );
  for (const { id } of rows) expect(created.has(id)).toBe(true);
  for (const { id } of kept) expect(created.has(id)).toBe(true);
}

/** Tries to write until `TRIES` calls in a row are refused; tells what was acknowledged and what was not. */
async function writeUntilRefused(
  parts: Parts,
): Promise<{ kept: Written[]; refused: Answer[]; notes: string[] }> {
  const kept: Written[] = [];
  let refused: Answer[] = [];
  const notes: string[] = [];
  for (let n = 0; refused.length < TRIES; n += 1) {
    const note = `while-broken-${n}-${'x'.repeat(80)}`;
    const answer = await create(parts, note);
    if (answer.status === 200) {
      kept.push(writtenBy(answer));
      refused = [];
    } else {
      refused.push(answer);
      notes.push(note);
    }
    if (n > MOST_WRITES) throw new Error('the disk does not fail');
  }
  return { kept, refused, notes };
}

function expectRefusal(answer: Answer): void {
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({ message: 'Internal Server Error', code: 'internal_error' });
}

/** A file system of its own in memory; undefined where this user may not have one. */
function mountSmallDisk(): { readonly folder: string; unmount(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEBIBYTES}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmdirSync(folder);
    return undefined;
  }
  return {
    folder,
    unmount() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function fillDisk(folder: string): Promise<string> {
  const name = join(folder, 'filler');
  const file = await open(name, 'w');
  const piece = Buffer.alloc(4096);
  try {
    for (;;) await file.write(piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.close();
  }
  return name;
}

const disk = mountSmallDisk();
if (disk === undefined) noteGap('a full disk: needs the right to mount one');
else
  test.concurrent('on a full disk nothing is acknowledged that is not stored, verification goes on, and the service returns when there is room', async () => {
    try {
      await withParts(disk.folder, async (parts) => {
        const before = await returnsByItself(parts);
        const filler = await fillDisk(disk.folder);
        const { kept, refused, notes } = await writeUntilRefused(parts);
        refused.forEach(expectRefusal);
        expectRefusal(await revoke(parts, before));
        expect(parts.verifier.ask(before.token)).toBe('allow');
        expect(parts.verifier.ask(acmeOf(parts))).toBe('allow');
        await rm(filler);
        const after = await returnsByItself(parts);
        await survivesCrash(parts, [before, ...kept, after], notes);
        expect((await revoke(parts, before)).status).toBe(204);
      });
    } finally {
      disk.unmount();
    }
  });

const acmeOf = ({ acme }: Parts): string => acme.token;

const FAILING_SYNCS = ['-f', '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO'];

/** Lets every fsync of the process fail, as a broken disk does, until it is ended. */
async function failSyncs(pid: number): Promise<{ end(): Promise<void> }> {
  const program = startProgram('strace', [...FAILING_SYNCS, '-p', String(pid)]);
  await until('strace to be attached', () => {
    if (program.ended() !== undefined) throw new Error(`strace ended:\n${program.output()}`);
    return program.output().includes('attached') ? true : undefined;
  });
  return { end: () => program.end('SIGTERM') };
}

/** What becomes of a commit on such a disk, with and without the setting that makes SQLite wait for it. */
async function commitWhileSyncsFail(synchronous: 'full' | 'off'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-commit-'));
  try {
    const command = [process.execPath, COMMIT_ONCE, join(folder, 'one.db'), synchronous];
    return (await runProgram('strace', [...FAILING_SYNCS, ...command])).stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

// That it is there is not enough: it has to be allowed to look into a process.
if (spawnSync('strace', ['-e', 'trace=fsync', 'true']).status !== 0)
  noteGap('a disk that fails to sync: needs strace, and the right to use it');
else {
  test.concurrent('on a disk that fails to sync nothing at all is acknowledged, verification goes on, and the service returns by itself', async () => {
    await withParts(tmpdir(), async (parts) => {
      const before = await returnsByItself(parts);
      const fault = await failSyncs(parts.latchkey.pid());
      try {
        const { kept, refused, notes } = await writeUntilRefused(parts);
        expect(kept).toEqual([]);
        refused.forEach(expectRefusal);
        expectRefusal(await revoke(parts, before));
        expect(parts.verifier.ask(before.token)).toBe('allow');
        await fault.end();
        const after = await returnsByItself(parts);
        await survivesCrash(parts, [before, after], notes);
      } finally {
        await fault.end();
      }
    });
  });

  test.concurrent('the same disk has commits acknowledged that nobody waits for: the mutant', async () => {
    const [waiting, careless] = await Promise.all((['full', 'off'] as const).map(commitWhileSyncsFail));
    expect([waiting, careless]).toEqual(['SQLITE_IOERR_FSYNC', 'acknowledged']);
  });
}
