import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deny, readHttpRequest } from '@latchkey/core';
import type { UsageBatch } from '@latchkey/wire/feed';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeHistory } from '../feed/testing/history.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { type ScriptedFeed, startScriptedFeed } from '../testing/scripted-feed.ts';
import { type BatchQueue, createMemoryQueue } from './batch-queue.ts';
import { createFolderQueue } from './folder-queue.ts';
import { startUsageReporter, type UsageReporter } from './usage-reporter.ts';

const REQUEST = readHttpRequest('GET', '/', ['Origin', 'https://a.example', 'User-Agent', 'curl/8'], '::1');
const POLICY = { requires: [], secretInQuery: 'flag', publicOrigin: undefined } as const;

let clock: ManualClock;
let feed: ScriptedFeed;
let reporters: UsageReporter[];
let folders: string[];
/** Reports on their way: meanwhile time stands still, so that none takes too long. */
let underway = 0;

beforeEach(async () => {
  clock = createManualClock();
  feed = await startScriptedFeed(makeHistory('e1', []));
  reporters = [];
  folders = [];
});
afterEach(async () => {
  feed.serverTime = 1;
  for (const reporter of reporters) await reporter.close();
  await feed.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function start(queue: BatchQueue = createMemoryQueue(), instance = 'one'): UsageReporter {
  const reporter = startUsageReporter({
    queue,
    clock,
    instance,
    async post(body, signal) {
      underway += 1;
      try {
        const answer = await fetch(`${feed.url}/v1/usage/batches`, { method: 'POST', body, signal });
        return new Response(await answer.text(), answer);
      } finally {
        underway -= 1;
      }
    },
  });
  reporters.push(reporter);
  return reporter;
}

function folderQueue(folder: string, label: string): BatchQueue {
  return createFolderQueue(folder, { url: feed.url, label, now: clock.wall });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-usage-'));
  folders.push(folder);
  return folder;
}

const add = (reporter: UsageReporter, times = 1) => {
  for (let time = 0; time < times; time++) reporter.add(deny('no_token'), REQUEST, POLICY, clock.wall());
};

/** Lets time and sockets work until `isSo`. */
async function inTime(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (underway === 0) clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const sumOf = (batches: readonly UsageBatch[]) =>
  batches.flatMap(({ counters }) => counters).reduce((sum, { count }) => sum + count, 0);

/** As a server counts them: each batch once. */
const taken = () => [...new Map(feed.usage.map((one) => [`${one.reporter} ${one.sequence}`, one])).values()];

describe('a verifier', () => {
  test('reports at once and every ten seconds, also that nothing was decided', async () => {
    const reporter = start();
    await inTime(() => feed.usage.length === 1);
    add(reporter, 3);
    await inTime(() => feed.usage.length === 3);
    expect(feed.usage.map(({ sequence, until }) => [sequence, until])).toEqual([
      [1, null],
      [2, 1],
      [3, 1],
    ]);
    expect(sumOf(feed.usage)).toBe(3);
    expect(reporter.report()).toEqual({ reportedAt: 1, problem: undefined });
  });

  test('says of no moment that it told everything until then before the server has told the time', async () => {
    feed.serverTime = undefined;
    const reporter = start();
    add(reporter);
    await inTime(() => feed.usage.length === 3);
    expect(feed.usage.every(({ until }) => until === null)).toBe(true);
    expect(reporter.report()).toMatchObject({ problem: 'the report of usage answered 503' });
    feed.serverTime = 500;
    await inTime(() => feed.usage.some(({ until }) => until === 500));
    feed.serverTime = 400;
    await inTime(() => feed.usage.filter(({ until }) => until === 500).length > 2);
  });

  test('sends the same batch again until it is taken, and adds the rest up meanwhile', async () => {
    const reporter = start();
    await inTime(() => feed.usage.length === 1);
    add(reporter, 2);
    feed.serverTime = undefined;
    await inTime(() => feed.usage.length === 3);
    add(reporter, 5);
    await inTime(() => feed.usage.length === 5);
    expect(new Set(feed.usage.slice(1).map(({ sequence }) => sequence))).toEqual(new Set([2]));
    feed.serverTime = 1;
    await inTime(() => sumOf(taken()) === 7);
  });

  test('reports what is left when it is closed, and says that it was the last', async () => {
    const reporter = start();
    await inTime(() => feed.usage.length === 1);
    add(reporter, 4);
    await reporter.close();
    expect(feed.usage.at(-1)).toMatchObject({ isLast: true, until: 1 });
    expect(sumOf(feed.usage)).toBe(4);
    add(reporter);
    await reporter.close();
    expect(feed.usage.filter(({ isLast }) => isLast)).toHaveLength(1);
  });

  test('tells each refusal once, with its trace, the newest where there are too many', async () => {
    const reporter = start();
    await inTime(() => feed.usage.length === 1);
    for (let number = 0; number < 500; number++) {
      reporter.noteRefusal(`request-${number}`, deny('no_token'), REQUEST, POLICY);
    }
    reporter.noteRefusal('no\nid', deny('no_token'), REQUEST, POLICY);
    await inTime(() => feed.usage.length === 3);
    const told = feed.usage.flatMap(({ refusals }) => refusals);
    expect(told.map(({ requestId }) => requestId)).toEqual(
      Array.from({ length: 200 }, (_, index) => `request-${300 + index}`),
    );
    expect(told[0]).toMatchObject({ reason: 'no_token', status: 401, origin: 'a.example', token: null });
    expect(told[0]?.trace[0]).toMatchObject({ check: 'token_present', outcome: 'failed' });
  });
});

describe('a verifier with a folder', () => {
  test('keeps batches there until they are taken, and its next life delivers them', async () => {
    const folder = newFolder();
    feed.serverTime = undefined;
    const killed = start(folderQueue(folder, 'one'));
    add(killed, 3);
    await inTime(() => feed.usage.length === 2);
    add(killed, 4);
    await inTime(() => feed.usage.length === 4);
    expect(sumOf(taken())).toBe(3);
    // The killed one does nothing any more; its files are there.
    reporters = [];
    feed.serverTime = 1;
    const next = start(folderQueue(folder, 'two'), 'two');
    await inTime(() => sumOf(taken()) === 7);
    await inTime(() => feed.usage.some(({ reporter }) => reporter === 'two'));
    await next.close();
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.batch')),
    ).toEqual([]);
  });

  test('puts aside what the server will never take', async () => {
    const folder = newFolder();
    const queue = folderQueue(folder, 'one');
    await queue.add('{"no": "batch"}');
    start(queue);
    await inTime(() => feed.usage.length === 1);
    const names = readdirSync(folder, { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.refused'))).toHaveLength(1);
  });

  test('goes on in memory where the folder cannot be written, and says so', async () => {
    const file = join(newFolder(), 'a file');
    writeFileSync(file, '');
    const reporter = start(folderQueue(file, 'one'));
    add(reporter, 2);
    await inTime(() => sumOf(taken()) === 2);
    expect(reporter.report().problem).toContain('usage could not be kept on disk');
  });
});
