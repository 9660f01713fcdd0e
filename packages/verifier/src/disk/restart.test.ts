import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { readHttpRequest, type Scope } from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Step } from '../feed/testing/history.ts';
import { makeHistory, STALENESS, textOf } from '../feed/testing/history.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { type ScriptedFeed, startScriptedFeed } from '../testing/scripted-feed.ts';
import { createVerifier, type Verifier, type VerifierOptions } from '../verifier.ts';

const put = (token: number): Step => ({ do: 'put', token, scopes: ['styles:read'] });
const LIFE: Step[] = [put(0), put(1), { do: 'revoke', token: 1 }];
const BOUND_MS = STALENESS.secret * 1000;

let folder: string;
let clock: ManualClock;
let feed: ScriptedFeed;
let isDead: boolean;
let verifiers: Verifier[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-restart-'));
  clock = createManualClock();
  isDead = false;
  feed = await startScriptedFeed(makeHistory('e1', LIFE));
  feed.answer = (_, response) => {
    if (isDead) response.destroy();
    return isDead;
  };
  verifiers = [];
});
afterEach(async () => {
  for (const verifier of verifiers) await verifier.close();
  await feed.close();
  await rm(folder, { recursive: true });
});

function start(options: Partial<VerifierOptions> = {}): Verifier {
  const verifier = createVerifier({
    url: feed.url,
    token: 'sk.v',
    folder,
    clock,
    random: () => 0.5,
    ...options,
  });
  verifiers.push(verifier);
  return verifier;
}

/** Lets a verifier live until it has followed everything. */
async function live(): Promise<void> {
  const verifier = start();
  await verifier.ready();
  await inTime(() => verifier.status().current);
  await verifier.close();
}

async function copyName(): Promise<string> {
  return (await readdir(folder)).find((name) => name.endsWith('.replica')) ?? 'no copy';
}

function die(): void {
  isDead = true;
  for (const stream of feed.streams) stream.destroy();
}

async function inTime(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function ask(verifier: Verifier, token: number): string {
  const request = readHttpRequest('GET', '/', ['Authorization', `Bearer ${textOf(token)}`], undefined);
  const requires = ['styles:read' as Scope];
  const decision = verifier.verify(request, { requires, secretInQuery: 'flag', publicOrigin: undefined });
  return decision.allow ? 'allow' : decision.reason;
}

const askAll = (verifier: Verifier): string[] => [0, 1, 2].map((token) => ask(verifier, token));

describe('a verifier that is restarted', () => {
  test('while the server is dead goes on deciding until the bound, counted from before the restart', async () => {
    await live();
    die();
    clock.advance(BOUND_MS - 60_000);
    const first = start();
    expect(await first.ready()).toBe(true);
    expect(askAll(first)).toEqual(['allow', 'revoked', 'replica_stale']);
    await first.close();
    clock.advance(50_000);
    const second = start();
    expect(await second.ready()).toBe(true);
    expect(askAll(second)).toEqual(['allow', 'revoked', 'replica_stale']);
    clock.advance(20_000);
    expect(askAll(second)).toEqual(['replica_stale', 'revoked', 'replica_stale']);
  });

  test('keeps to the bounds that the server told, not to its own', async () => {
    feed.staleness = { secret: 900, temporary: 30, public: 30, scopes: { 'styles:read': 30 } };
    await live();
    die();
    clock.advance(25_000);
    const verifier = start();
    await verifier.ready();
    expect(ask(verifier, 0)).toBe('allow');
    clock.advance(10_000);
    expect(ask(verifier, 0)).toBe('replica_stale');
  });

  test('goes on from its cursor where the server lives, and fetches no snapshot', async () => {
    await live();
    const before = feed.requests.length;
    feed.history = makeHistory('e1', [...LIFE, put(2), { do: 'revoke', token: 0 }]);
    const verifier = start();
    await inTime(() => verifier.status().current);
    expect(askAll(verifier)).toEqual(['revoked', 'revoked', 'allow']);
    expect(feed.requests.slice(before).filter((line) => line.includes('snapshot'))).toEqual([]);
  });

  test('believes no copy whose time lies in the future', async () => {
    await live();
    die();
    const earlier = createManualClock();
    const verifier = start({ clock: { ...earlier, wall: () => earlier.wall() - 3_600_000 } });
    await until(() => verifier.status().cursor !== undefined);
    expect(askAll(verifier)).toEqual(['replica_stale', 'revoked', 'replica_stale']);
  });

  test('keeps tombstones over a restored backup of the server, and offers them', async () => {
    await live();
    feed.history = makeHistory('e2', LIFE.slice(0, 2));
    const verifier = start();
    await inTime(() => verifier.status().current);
    expect(ask(verifier, 1)).toBe('revoked');
    await inTime(() => feed.acks.some(({ tombstones }) => tombstones?.length === 1));
  });

  test('refuses a spoilt copy, says why, and fetches everything anew', async () => {
    await live();
    const name = await copyName();
    const bytes = await readFile(path.join(folder, name));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path.join(folder, name), bytes);
    const verifier = start();
    await until(() => verifier.status().disk?.problem !== undefined);
    expect(verifier.status().disk?.problem).toContain('checksum');
    await inTime(() => verifier.status().current);
    expect(askAll(verifier)).toEqual(['allow', 'revoked', 'unknown_token']);
  });
});

/** False where a file went away meanwhile, because the verifier lives on: then the copy shows no one moment. */
async function isCopied(to: string): Promise<boolean> {
  try {
    await cp(folder, to, { recursive: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

describe('a verifier that is killed', () => {
  /** Leaves the folder as the process would, had it ended now. */
  async function snapshotFolder(): Promise<string> {
    const left = await mkdtemp(path.join(tmpdir(), 'latchkey-killed-'));
    while (!(await isCopied(left))) await rm(left, { recursive: true });
    for (const name of await readdir(left)) if (name.endsWith('.lock')) await rm(path.join(left, name));
    return left;
  }

  test('goes on from no older state than it acknowledged', async () => {
    const verifier = start();
    await inTime(() => verifier.status().disk?.completeAt !== undefined);
    feed.history = makeHistory('e1', [...LIFE, put(2), { do: 'revoke', token: 0 }]);
    feed.sendChanges(LIFE.length);
    const cursor = feed.history.changes.at(-1)?.cursor;
    await inTime(() => feed.acks.at(-1)?.applied === cursor);
    const left = await snapshotFolder();
    die();
    await verifier.close();
    const restarted = start({ folder: left });
    expect(await restarted.ready()).toBe(true);
    expect(restarted.status().cursor).toBe(cursor);
    expect(askAll(restarted)).toEqual(['revoked', 'revoked', 'allow']);
    await restarted.close();
    await rm(left, { recursive: true });
  });

  test('in the middle of a line goes on from the lines before, and writes behind them', async () => {
    const verifier = start();
    await inTime(() => verifier.status().disk?.completeAt !== undefined);
    feed.history = makeHistory('e1', [...LIFE, put(2), { do: 'revoke', token: 0 }]);
    feed.sendChanges(LIFE.length);
    await inTime(() => feed.acks.at(-1)?.applied === feed.history.changes.at(-1)?.cursor);
    const left = await snapshotFolder();
    await verifier.close();
    const log = path.join(left, (await readdir(left)).find((name) => name.endsWith('.changes')) ?? 'no log');
    const text = await readFile(log, 'utf8');
    const { length } = text.slice(0, text.lastIndexOf('["change"'));
    await truncate(log, length);
    for (const revoked of ['allow', 'revoked']) {
      isDead = revoked === 'allow';
      const restarted = start({ folder: left });
      await restarted.ready();
      if (!isDead) await inTime(() => restarted.status().current);
      expect(askAll(restarted)).toEqual([revoked, 'revoked', 'allow']);
      await restarted.close();
    }
    die();
    const last = start({ folder: left });
    expect(await last.ready()).toBe(true);
    expect(askAll(last)).toEqual(['revoked', 'revoked', 'allow']);
    await last.close();
    await rm(left, { recursive: true });
  });
});

describe('verifiers in one folder', () => {
  const instances = () =>
    feed.requests
      .filter((line) => line.startsWith('GET /v1/feed?'))
      .map((line) => new URLSearchParams(line.split('?')[1]).get('instance'));

  test('one after the other have one name, and each process one of its own', async () => {
    await live();
    await live();
    expect(instances().length).toBe(2);
    expect(new Set(instances()).size).toBe(1);
    expect(new Set(feed.requests.flatMap((line) => /process=([^& ]+)/.exec(line)?.[1] ?? [])).size).toBe(2);
  });

  test('at the same time have names and files of their own, also when they are started again', async () => {
    const [first, second] = [start(), start()];
    await inTime(() => [first, second].every((one) => one.status().disk?.completeAt !== undefined));
    expect(new Set(instances()).size).toBe(2);
    const files = await readdir(folder);
    expect(files.filter((name) => name.endsWith('.replica')).length).toBe(2);
    await first.close();
    await second.close();
    const known = new Set(instances());
    const again = [start(), start()];
    await inTime(() => again.every((one) => one.status().current));
    expect(new Set(instances())).toEqual(known);
  });

  test('find a place whose process has ended free, and one of a living process taken', async () => {
    await live();
    const [lock = ''] = (await readdir(folder)).filter((name) => name.endsWith('.instance'));
    const place = path.join(folder, lock.replace('.instance', '.lock'));
    const ended = spawnSync(process.execPath, ['-e', '']);
    const write = (pid: number) =>
      writeFile(place, JSON.stringify({ holder: 'other', host: hostname(), pid }));
    await write(ended.pid);
    await live();
    expect(new Set(instances()).size).toBe(1);
    await write(process.ppid);
    await live();
    expect(new Set(instances()).size).toBe(2);
  });
});

describe('the copy of a running verifier', () => {
  test('is written once it is complete and told each ten seconds to be so still, readable by its owner alone', async () => {
    const verifier = start();
    await inTime(() => verifier.status().disk?.completeAt !== undefined);
    const first = verifier.status().disk?.completeAt ?? 0;
    const name = await copyName();
    for (const file of await readdir(folder))
      expect((await stat(path.join(folder, file))).mode & 0o077).toBe(0);
    const { ino } = await stat(path.join(folder, name));
    await inTime(() => {
      if (clock.wall() % 1000 === 0) feed.heartbeat();
      return (verifier.status().disk?.completeAt ?? 0) > first;
    });
    expect((await stat(path.join(folder, await copyName()))).ino).toBe(ino);
  });

  test('that cannot be written is a problem that is told, and nothing else', async () => {
    const blocked = path.join(folder, 'file');
    await writeFile(blocked, '');
    const verifier = start({ folder: path.join(blocked, 'below') });
    await inTime(() => verifier.status().disk?.problem?.includes('could not be saved') === true);
    expect(verifier.status().current).toBe(true);
    expect(ask(verifier, 0)).toBe('allow');
    await verifier.close();
  });
});

/** Lets files and sockets work until `isSo`; the test's own time limit ends a vain wait. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
