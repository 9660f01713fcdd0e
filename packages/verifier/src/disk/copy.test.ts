import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseRecord } from '@latchkey/wire/feed';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { History, Step } from '../feed/testing/history.ts';
import { digestOf, idOf, makeHistory, pairsOf, STALENESS, stateAt } from '../feed/testing/history.ts';
import { drain } from '../feed/testing/rough-network.ts';
import type { Replica } from '../replica/replica.ts';
import { createReplica } from '../replica/replica.ts';
import type { CopyHead } from './copy-format.ts';
import { FORMAT } from './copy-format.ts';
import { loadCopy } from './load-copy.ts';
import { saveCopy } from './save-copy.ts';

const TOKENS = 7;
const URL = 'https://tokens.example.com/v1/feed/acks';
const HEAD: CopyHead = {
  url: URL,
  epoch: 'e1',
  cursor: 'e1.9.0000000000000000',
  revision: 9,
  completeAt: 1_800_000_000_000,
  log: 'a1',
  staleness: STALENESS,
};
const SHA256_BYTES = 32;
const MAGIC_BYTES = 16;

const token = fc.nat(TOKENS - 1);
const scopes = fc.subarray(['styles:read', 'styles:write', 'fonts:read']);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), token, scopes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), token }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const), account: fc.nat(1) }),
  },
);

let folder: string;
let file: string;
let where: { file: string; temporary: string };
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-copy-'));
  file = path.join(folder, 'a.replica');
  where = { file, temporary: `${file}.tmp` };
});
afterEach(() => rm(folder, { recursive: true }));

function fill(history: History, upTo: number): Replica {
  const replica = createReplica();
  const stage = replica.stage();
  for (const record of stateAt(history, upTo)) stage.take(parseRecord(record));
  drain(stage.adopt({ cursor: 'c', epoch: 'e1', revision: upTo, records: 0, sha256: '' }));
  return replica;
}

/** All that decisions can see. */
function seen(replica: Replica) {
  return Array.from({ length: TOKENS }, (_, number) => {
    const record = replica.find(pairsOf(digestOf(number)));
    if (record === undefined) return 'unknown';
    const { id, revision, revoked, bad, scopes: held, restrictions, expires, usage, account } = record;
    return {
      id,
      revision,
      revoked,
      bad,
      held: [...held],
      restrictions,
      expires,
      usage,
      account: { ...account },
    };
  });
}

async function loadAnew(): Promise<{ replica: Replica; head: CopyHead | undefined; why: string }> {
  const replica = createReplica();
  try {
    return { replica, head: await loadCopy(replica, file, URL), why: '' };
  } catch (error) {
    return { replica, head: undefined, why: String(error) };
  }
}

/** A small replica with one of everything, and its copy. */
async function saveExample(): Promise<{ replica: Replica; bytes: Buffer }> {
  const put = (number: number): Step => ({ do: 'put', token: number, scopes: ['styles:read'] });
  const steps: Step[] = [put(0), put(1), put(2), { do: 'revoke', token: 1 }, { do: 'suspend', account: 0 }];
  const replica = fill(makeHistory('e1', steps), steps.length);
  const named = { digest: digestOf(3), id: idOf(3), account: 'account-1', usage: 'pk', status: 'active' };
  const urls = { kind: 'urls', entries: ['app.example.com'], strictPaths: false };
  const rest = { scopes: ['fonts:read'], restrictions: [urls], expires: 5, parent: null, revision: 6 };
  replica.take(parseRecord({ ...named, ...rest }), 6);
  const moon = { ...rest, restrictions: [{ kind: 'moon-phase' }], revision: 7 };
  replica.take(parseRecord({ ...named, ...moon, id: idOf(4), digest: digestOf(4) }), 7);
  replica.take(parseRecord({ id: idOf(5), digest: digestOf(5), revision: 8 }), 8);
  const temporary = { ...named, ...rest, usage: 'tk', id: idOf(6), digest: digestOf(6), revision: 9 };
  replica.take(parseRecord(temporary), 9);
  await saveCopy(replica, HEAD, where);
  return { replica, bytes: await readFile(file) };
}

/** Puts right every checksum: what a reader sees that does not look at them. */
function resealed(bytes: Buffer): Buffer {
  const sealed = Buffer.from(bytes);
  let sum = sealed.subarray(0, MAGIC_BYTES);
  for (let at = MAGIC_BYTES; at + 8 <= sealed.length; ) {
    const end = at + 8 + sealed.readUInt32LE(at + 4);
    if (end + SHA256_BYTES > sealed.length) break;
    sum = createHash('sha256').update(sum).update(sealed.subarray(at, end)).digest();
    sum.copy(sealed, end);
    at = end + SHA256_BYTES;
  }
  return sealed;
}

const damage = fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) });

/** Refused and as empty as before, or the same as what was saved: anything else is a failure. */
function survivesDamage(bytes: Buffer, wanted: unknown, seal: (bytes: Buffer) => Buffer) {
  return fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
    const spoilt = Buffer.from(bytes);
    for (const { at, bits } of damages) {
      const place = at % spoilt.length;
      spoilt[place] = (spoilt[place] ?? 0) ^ bits;
    }
    fc.pre(!spoilt.equals(bytes));
    await writeFile(file, seal(spoilt));
    const { replica, head, why } = await loadAnew();
    if (head !== undefined) expect(seen(replica)).toEqual(wanted);
    else expect([why === '', replica.size, replica.epoch]).toEqual([false, 0, undefined]);
  });
}

describe('a copy on disk', () => {
  test('gives back all that decisions can see, and what it is of', async () => {
    const { replica } = await saveExample();
    const loaded = await loadAnew();
    expect(loaded.head).toEqual(HEAD);
    expect(loaded.replica.epoch).toBe('e1');
    expect(seen(loaded.replica)).toEqual(seen(replica));
    expect(await readdir(folder)).toEqual(['a.replica']);
  });

  test('decides before its records are found by their ids, and what asks by id first finds them', async () => {
    const { replica } = await saveExample();
    const byId = parseRecord({ id: idOf(0), revision: 10 });
    const whole = { cursor: 'c', epoch: 'e1', revision: 10, records: 1, sha256: '' };
    const firsts: Record<string, (loaded: Replica) => void> = {
      change: (loaded) => loaded.take(byId, 10),
      sweep: (loaded) => loaded.sweepExpired(Number.MAX_SAFE_INTEGER),
      snapshot(loaded) {
        const stage = loaded.stage();
        stage.take(byId);
        drain(stage.adopt(whole));
      },
    };
    for (const [name, first] of Object.entries(firsts)) {
      const { replica: loaded } = await loadAnew();
      expect([loaded.table.isSettled, seen(loaded)], name).toEqual([false, seen(replica)]);
      loaded.settle().next();
      first(loaded);
      loaded.take(byId, 10);
      const denied = name === 'snapshot' ? undefined : { bad: 'digest is not a SHA-256 in base64url' };
      const found = loaded.find(pairsOf(digestOf(0)));
      expect(found && { bad: found.bad }, name).toEqual(denied);
      expect(loaded.table.ids.size, name).toBe(loaded.size);
    }
  });

  test('that is written while changes come ends, once they have come again, in the state of the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(30), async (steps, place) => {
        const history = makeHistory('e1', steps);
        const before = Math.min(place, history.changes.length);
        const replica = fill(history, before);
        const saving = saveCopy(replica, { ...HEAD, revision: before }, where);
        for (const { record, revision } of history.changes.slice(before)) {
          await setImmediate();
          replica.take({ ok: true, record }, revision);
        }
        await saving;
        const loaded = await loadAnew();
        for (const { record, revision } of history.changes.slice(loaded.head?.revision)) {
          loaded.replica.take({ ok: true, record }, revision);
        }
        expect(seen(loaded.replica)).toEqual(seen(replica));
      }),
      { numRuns: 150 },
    );
  });

  test('is not written where a snapshot is put in place meanwhile, and the former copy stays', async () => {
    const { replica, bytes } = await saveExample();
    const saving = saveCopy(replica, { ...HEAD, cursor: 'other' }, where);
    drain(replica.stage().adopt({ cursor: 'c', epoch: 'e2', revision: 1, records: 0, sha256: '' }));
    await expect(saving).rejects.toThrow('a snapshot came');
    expect((await readFile(file)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['a.replica']);
  });

  test('that was cut off at any byte is refused', async () => {
    const { bytes } = await saveExample();
    const handle = await open(file, 'r+');
    for (let length = bytes.length - 1; length >= 0; length--) {
      await handle.truncate(length);
      const { replica, why } = await loadAnew();
      expect([why === '', replica.size]).toEqual([false, 0]);
    }
    await handle.close();
  });

  test('that has a bit flipped in any one of its bytes is refused', async () => {
    const { bytes } = await saveExample();
    const handle = await open(file, 'r+');
    for (const [place, byte] of bytes.entries()) {
      await handle.write(Uint8Array.of(byte ^ (1 << (place % 8))), 0, 1, place);
      const { replica, why } = await loadAnew();
      expect([place, why === '', replica.size]).toEqual([place, false, 0]);
      await handle.write(Uint8Array.of(byte), 0, 1, place);
    }
    await handle.close();
  });

  test('that has any few bits flipped is refused', async () => {
    const { replica, bytes } = await saveExample();
    const property = survivesDamage(bytes, seen(replica), (spoilt) => spoilt);
    await fc.assert(property, { numRuns: 500 });
  });

  test('a reader that does not look at checksums fails the same test', async () => {
    const { replica, bytes } = await saveExample();
    const property = survivesDamage(bytes, seen(replica), resealed);
    expect((await fc.check(property, { numRuns: 2000, seed: 1 })).failed).toBe(true);
  });

  test.each([
    ['of another installation', { url: 'https://other.example/' }, 'of another installation'],
    ['of a newer form', { format: FORMAT + 1 }, `has form ${FORMAT + 1}`],
    ['of a machine with another byte order', { byteOrder: '??' }, 'another byte order'],
  ])('%s is refused', async (_, head, why) => {
    await saveCopy(createReplica(), { ...HEAD, ...head } as CopyHead, where);
    expect((await loadAnew()).why).toContain(why);
  });

  test('with more after its end, or with a part of another copy, is refused', async () => {
    const { bytes } = await saveExample();
    await writeFile(file, Buffer.concat([bytes, bytes.subarray(MAGIC_BYTES)]));
    expect((await loadAnew()).why).not.toBe('');
    await saveCopy(createReplica(), { ...HEAD, revision: 10 }, where);
    const other = await readFile(file);
    const firstEnd = MAGIC_BYTES + 8 + bytes.readUInt32LE(MAGIC_BYTES + 4) + SHA256_BYTES;
    const otherEnd = MAGIC_BYTES + 8 + other.readUInt32LE(MAGIC_BYTES + 4) + SHA256_BYTES;
    await writeFile(file, Buffer.concat([other.subarray(0, otherEnd), bytes.subarray(firstEnd)]));
    expect((await loadAnew()).why).toContain('checksum');
  });

  test('that does not exist is no problem', async () => {
    expect(await loadAnew()).toMatchObject({ head: undefined, why: '' });
  });
});
