import { setImmediate as turn } from 'node:timers/promises';
import type { MailRow } from '../../store/people-rows.ts';
import type { MailStore } from '../../store/people-store.ts';
import type { Sealing } from '../better-auth/sealing.ts';
import { newHandle } from '../credential.ts';
import type { Letter } from './letters.ts';

export interface OutboxDeps {
  readonly store: MailStore;
  /** Letters hold links that let people in: the table shows none of them. */
  readonly sealing: Sealing;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly deliver: (letter: Letter) => Promise<void>;
  readonly log: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/** What became of mails since the start, and how many wait. */
export interface MailFigures {
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
}

export interface Outbox {
  /** Takes a letter over: it is stored, sent in turn, and tried again while it is good for something. */
  send(letter: Letter): void;
  figures(): Promise<MailFigures>;
  /** Waits for what is being stored and sent. What waits goes out after the next start. */
  close(): Promise<void>;
}

/** So many letters may wait; a mail server that hangs takes no room. */
const QUEUE_LIMIT = 1000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 3600_000;
/** No timer is set for longer: other servers put letters into the same table. */
const LOOK_EVERY_MS = 60_000;

/** Ten seconds after the first failure, doubling to an hour. */
export function retryAfter(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 30));
}

/** Begins with what the last run left. */
export function openOutbox({ store, sealing, now, randomBytes, deliver, log }: OutboxDeps): Outbox {
  let [sent, givenUp] = [0, 0];
  let [isWanted, isClosed] = [false, false];
  let timer: NodeJS.Timeout | undefined;
  let storing = Promise.resolve();
  let running: Promise<void> | undefined;

  function giveUp(fields: object, message: string): void {
    givenUp += 1;
    log.error(fields, message);
  }

  async function keep(letter: Letter): Promise<void> {
    // Whoever waits for the answer that caused the letter does not wait for this.
    await turn();
    const waiting = await store.countMails();
    if (waiting >= QUEUE_LIMIT) return giveUp({ waiting }, 'a mail was not sent: too many wait already');
    const at = now();
    const { goodForMs, ...rest } = letter;
    const sealed = await sealing.seal(JSON.stringify(rest));
    const id = newHandle({ randomBytes });
    await store.addMail({ id, sealed, tries: 0, nextAt: at, expiresAt: at + goodForMs });
  }

  async function attempt(row: MailRow): Promise<void> {
    const tries = row.tries + 1;
    // Noted before it is tried: a server that dies meanwhile leaves it for later, and of several servers one tries.
    const nextAt = now() + retryAfter(tries);
    if (!(await store.claimMail(row, nextAt))) return;
    try {
      await deliver({ ...JSON.parse(await sealing.open(row.sealed)), goodForMs: row.expiresAt - now() });
      sent += 1;
    } catch (error) {
      const fields = { ...codesOf(error), tries };
      if (nextAt < row.expiresAt && !isRefused(error)) {
        log.warn({ ...fields, againInMs: nextAt - now() }, 'a mail could not be sent, and is tried again');
        return;
      }
      giveUp(fields, 'a mail could not be sent');
    }
    await store.dropMail(row.id);
  }

  async function sendDue(): Promise<void> {
    while (!isClosed) {
      const row = await store.nextMail();
      if (row === undefined) return;
      if (row.nextAt > now()) {
        timer = setTimeout(wake, Math.min(LOOK_EVERY_MS, row.nextAt - now()));
        timer.unref();
        return;
      }
      await attempt(row);
    }
  }

  async function run(): Promise<void> {
    while (isWanted && !isClosed) {
      isWanted = false;
      clearTimeout(timer);
      try {
        await sendDue();
      } catch (error) {
        log.error({ err: error }, 'mails that wait could not be looked at');
        timer = setTimeout(wake, LOOK_EVERY_MS);
        timer.unref();
      }
    }
  }

  function wake(): void {
    isWanted = true;
    running ??= run().finally(() => {
      running = undefined;
      // Somebody woke it between its last look and now.
      if (isWanted && !isClosed) wake();
    });
  }

  wake();
  return {
    send(letter) {
      storing = storing
        .then(() => keep(letter))
        .catch((error: unknown) => giveUp({ err: error }, 'a mail could not be stored, and is not sent'))
        .then(wake);
    },
    async figures() {
      return { waiting: await store.countMails(), sent, givenUp };
    },
    async close() {
      await storing;
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The mail server does not take this letter, and never will. */
function isRefused(error: unknown): boolean {
  const { code, responseCode }: { code?: unknown; responseCode?: unknown } = Object(error);
  return (
    (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500
  );
}

/** What the error says beside these may hold addresses: the mail server's words and those whom it refused. */
function codesOf(error: unknown): object {
  const { code, responseCode }: { code?: unknown; responseCode?: unknown } = Object(error);
  return { code, responseCode };
}
