import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { Changes, Committed } from '../store/store.ts';
import { createLoadGate, type LoadGate } from './load-gate.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const QUIET = { warn: () => undefined };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A writer that commits when it is told to. */
function slowWriter() {
  const finish: (() => void)[] = [];
  const change = <T>(_work: (changes: Changes) => Promise<T>) =>
    new Promise<Committed<T>>((resolve) => {
      finish.push(() => resolve({ value: undefined as T, revision: 1 }));
    });
  return { change, commit: () => finish.shift()?.() };
}

/** How many of `count` calls that came together have begun, were shed, or wait. */
function enter(gate: LoadGate, count: number) {
  const seen = { begun: 0, shed: 0 };
  for (let n = 0; n < count; n += 1) {
    void gate.enter().then((mayBegin) => {
      if (mayBegin) seen.begun += 1;
      else seen.shed += 1;
    });
  }
  return seen;
}

describe('the gate in front of management calls', () => {
  test('lets a few begin in each turn, lets a bounded number wait, and sheds the others at once', async () => {
    const limits = { inWriter: 10, waiting: 5, startsPerTurn: 2 };
    const { gate } = createLoadGate(slowWriter(), QUIET, limits);
    const seen = enter(gate, 10);
    await Promise.resolve();
    expect([seen, gate.waiting, gate.shed]).toEqual([{ begun: 2, shed: 3 }, 5, 3]);
    for (const begun of [4, 6, 7]) {
      await turn();
      expect(seen.begun).toBe(begun);
    }
    expect(gate.waiting).toBe(0);
  });

  test('lets nobody begin while the writer is full, and the next one when a commit makes room', async () => {
    const writer = slowWriter();
    const limits = { inWriter: 2, waiting: 5, startsPerTurn: 100 };
    const { gate, store } = createLoadGate(writer, QUIET, limits);
    const changes = [1, 2].map(() => store.change(async () => undefined));
    const seen = enter(gate, 3);
    await turn();
    expect(seen.begun).toBe(0);
    writer.commit();
    await changes[0];
    await turn();
    expect(seen).toEqual({ begun: 3, shed: 0 });
  });

  test('a change that fails makes room too', async () => {
    const change = <T>(_work: (changes: Changes) => Promise<T>) =>
      Promise.reject<Committed<T>>(new Error('the disk is full'));
    const broken = { change };
    const { gate, store } = createLoadGate(broken, QUIET, { inWriter: 1, waiting: 5, startsPerTurn: 100 });
    await expect(store.change(async () => undefined)).rejects.toThrow('the disk is full');
    expect(await gate.enter()).toBe(true);
  });
});

const TINY = { inWriter: 2, waiting: 4, startsPerTurn: 1 };
const OPEN = { inWriter: Infinity, waiting: Infinity, startsPerTurn: Infinity };
const CALLS = 100;

/** Sends all calls at the same moment, over connections that are open already. Answers are whole texts. */
async function atOnce(
  url: string,
  calls: readonly { method: string; path: string; token: string; body?: string }[],
) {
  const { port } = new URL(url);
  const sockets = await Promise.all(
    calls.map(async () => {
      const socket = connect(Number(port), '127.0.0.1');
      // A connection that nobody has accepted yet would be, one in a turn.
      socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      await once(socket, 'data');
      return socket;
    }),
  );
  const answers = sockets.map((socket) => text(socket));
  calls.forEach(({ method, path, token, body = '' }, index) => {
    const head = `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n`;
    const about = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    sockets[index]?.write(`${head}${about}${body}`);
  });
  return Promise.all(answers);
}

/** Creations, revocations and checks that all come together. */
async function flood({ url, acme, callAs, auditLength }: TestServer) {
  const path = '/tokens/v2/acme';
  const targets: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    const made = await callAs(acme.token, 'POST', path, { scopes: ['styles:read'] });
    targets.push(String(made.json?.id));
  }
  const before = await auditLength();
  const { token } = acme;
  const body = '{"scopes":["styles:read"]}';
  const answers = await atOnce(url, [
    ...Array.from({ length: CALLS }, () => ({ method: 'POST', path, token, body })),
    ...targets.map((id) => ({ method: 'DELETE', path: `${path}/${id}`, token })),
    ...targets.map(() => ({ method: 'GET', path: '/tokens/v2', token })),
  ]);
  const created = answers.slice(0, CALLS);
  const revoked = answers.slice(CALLS, CALLS + targets.length);
  return { before, created, revoked, checked: answers.slice(CALLS + targets.length) };
}

const statuses = (answers: readonly string[]) => [...new Set(answers.map((one) => one.slice(9, 12)))].sort();

describe('a server with more calls than it can answer', () => {
  test('sheds creations with 503 and Retry-After and stores nothing of them; revocations and checks all pass', async () => {
    const server = await startTestServer({ loadLimits: TINY });
    try {
      const { before, created, revoked, checked } = await flood(server);
      expect([created, revoked, checked].map(statuses)).toEqual([['200', '503'], ['204'], ['200']]);
      const shed = created.filter((one) => one.startsWith('HTTP/1.1 503'));
      expect(await server.auditLength()).toBe(before + CALLS - shed.length + revoked.length);
      expect(shed[0]?.toLowerCase()).toContain('\r\nretry-after: 1\r\n');
      expect(shed[0]).toContain('"message":"Service Unavailable","code":"unavailable"');
      expect(server.logged.join('')).toContain('management calls are shed');
    } finally {
      await server.close();
    }
  });

  test('that has no bounds sheds nothing in the same flood: the mutant', async () => {
    const server = await startTestServer({ loadLimits: OPEN });
    try {
      expect(statuses((await flood(server)).created)).toEqual(['200']);
    } finally {
      await server.close();
    }
  });
});
