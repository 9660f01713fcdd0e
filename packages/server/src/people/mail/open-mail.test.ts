import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { createSealing } from '../better-auth/sealing.ts';
import { deriveServerKey } from '../server-key.ts';
import type { Letter } from './letters.ts';
import { openMail } from './open-mail.ts';
import type { Outbox } from './outbox.ts';

const LETTER: Letter = {
  to: 'eve@example.com',
  subject: 'Hello',
  text: 'https://tokens.example.com/dashboard/reset#secret-end',
  goodForMs: 3600_000,
};

const clock = { now: 0 };
let folder: string;
let store: Store;
let logged: { level: string; fields: object; message: string }[];
/** What the mail server answers to the next recipients: a code of SMTP; nothing more: it takes them. */
let answers: number[];
let taken: string[];
let smtp: SMTPServer;
let outbox: Outbox;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-mail-'));
  clock.now = Date.UTC(2026, 10, 24);
  [logged, answers, taken] = [[], [], []];
  store = await openSqliteStore({ folder, now: () => clock.now });
  smtp = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onRcptTo({ address }, _session, done) {
      const responseCode = answers.shift();
      if (responseCode === undefined) done();
      else done(Object.assign(new Error(`no mailbox ${address}`), { responseCode }));
    },
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on('end', () => {
        taken.push(envelope.rcptTo.map(({ address }) => address).join());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', resolve);
  });
  outbox = open();
});
afterEach(async () => {
  await outbox.close();
  await store.close();
  await new Promise<void>((resolve) => {
    smtp.close(() => resolve());
  });
  await rm(folder, { recursive: true, force: true });
});

function open(): Outbox {
  const address = smtp.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const note = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  return openMail(
    { smtp: `smtp://127.0.0.1:${port}`, from: 'a@example.com', folder: '' },
    {
      store,
      sealing: createSealing(deriveServerKey(Buffer.alloc(32, 7)).sealingKey),
      now: () => clock.now,
      randomBytes,
      log: { info: note('info'), warn: note('warn'), error: note('error') },
    },
  );
}

const figures = () => outbox.figures();

test('what a mail server says of an address that it refuses is not logged, only its codes, and the mail is given up', async () => {
  answers = [550];
  outbox.send(LETTER);
  await expect.poll(figures, { timeout: 10_000 }).toEqual({ waiting: 0, sent: 0, givenUp: 1 });
  expect(logged).toEqual([
    {
      level: 'error',
      fields: { code: 'EENVELOPE', responseCode: 550, tries: 1 },
      message: 'a mail could not be sent',
    },
  ]);
});

test('a mail that cannot be sent now is tried again once its time has come, and others do not wait for it', async () => {
  answers = [451];
  outbox.send(LETTER);
  await expect
    .poll(() => logged, { timeout: 10_000 })
    .toEqual([
      {
        level: 'warn',
        fields: { code: 'EENVELOPE', responseCode: 451, tries: 1, againInMs: 10_000 },
        message: 'a mail could not be sent, and is tried again',
      },
    ]);
  outbox.send({ ...LETTER, to: 'ada@example.com' });
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['ada@example.com']);
  expect(await figures()).toEqual({ waiting: 1, sent: 1, givenUp: 0 });
  clock.now += 10_000;
  outbox.send({ ...LETTER, to: 'bea@example.com' });
  await expect
    .poll(() => taken.toSorted(), { timeout: 10_000 })
    .toEqual(['ada@example.com', 'bea@example.com', 'eve@example.com']);
  await expect.poll(figures, { timeout: 10_000 }).toEqual({ waiting: 0, sent: 3, givenUp: 0 });
});

test('what waits is sent after the next start, and shows nothing in the database meanwhile', async () => {
  answers = [451];
  outbox.send(LETTER);
  await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(1);
  await outbox.close();
  const row = await store.nextMail();
  for (const secret of ['eve', 'secret-end', 'Hello']) {
    expect(row?.sealed).not.toContain(secret);
    expect(Buffer.from(row?.sealed ?? '', 'hex').toString('latin1')).not.toContain(secret);
    expect(Buffer.from(row?.sealed ?? '', 'base64').toString('latin1')).not.toContain(secret);
  }
  clock.now += 10_000;
  outbox = open();
  await expect.poll(() => taken, { timeout: 10_000 }).toEqual(['eve@example.com']);
  await expect.poll(() => store.countMails(), { timeout: 10_000 }).toBe(0);
});

test('a mail is tried no longer than it is good for something', async () => {
  answers = Array.from({ length: 100 }, () => 451);
  outbox.send(LETTER);
  for (let tries = 1; tries < 9; tries++) {
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(tries);
    await outbox.close();
    const row = await store.nextMail();
    expect(row?.tries).toBe(tries);
    clock.now = row?.nextAt ?? 0;
    outbox = open();
  }
  await expect.poll(() => logged.at(-1)?.message, { timeout: 10_000 }).toBe('a mail could not be sent');
  // Ten seconds, twenty … : nine tries within the hour, the last of which would come again too late.
  expect(logged.at(-1)?.fields).toEqual({ code: 'EENVELOPE', responseCode: 451, tries: 9 });
  expect(await store.countMails()).toBe(0);
});
