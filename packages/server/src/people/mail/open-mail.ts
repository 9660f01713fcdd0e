import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Letter } from './letters.ts';

export interface MailSettings {
  /** `smtps://user:password@host`; undefined: mails become files in `folder`. */
  readonly smtp: string | undefined;
  readonly from: string;
  readonly folder: string;
}

interface MailLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Mail {
  /** Takes a letter over; it is sent one after the other, and what fails is logged. */
  send(letter: Letter): void;
  /** Waits for what was taken over. */
  close(): Promise<void>;
}

const SMTP_LIMIT_MS = 20_000;
/** So many letters may wait; a mail server that hangs takes no memory. */
const QUEUE_LIMIT = 1000;

/** Sends mails. Neither links nor addresses of people are logged. */
export function openMail({ smtp, from, folder }: MailSettings, log: MailLog): Mail {
  const deliver = smtp === undefined ? fileDelivery(folder, from, log) : smtpDelivery(smtp, from);
  let waiting = 0;
  let last = Promise.resolve();
  return {
    send(letter) {
      if (waiting >= QUEUE_LIMIT) {
        log.error({ waiting }, 'a mail was not sent: too many wait already');
        return;
      }
      waiting += 1;
      last = last
        .then(() => deliver(letter))
        .catch((error: unknown) => log.error(codesOf(error), 'a mail could not be sent'))
        .finally(() => {
          waiting -= 1;
        });
    },
    close: () => last,
  };
}

/** What the error says beside these may hold addresses: the mail server's words and those whom it refused. */
function codesOf(error: unknown): object {
  const { code, responseCode }: { code?: unknown; responseCode?: unknown } = Object(error);
  return { code, responseCode };
}

function smtpDelivery(url: string, from: string): (letter: Letter) => Promise<void> {
  const limits = {
    connectionTimeout: SMTP_LIMIT_MS,
    greetingTimeout: SMTP_LIMIT_MS,
    socketTimeout: SMTP_LIMIT_MS,
  };
  const transport = createTransport({ url, ...limits });
  return async (letter) => {
    await transport.sendMail({ from, ...letter });
  };
}

/** One file for each mail, which only its owner can read: the links in it let people in. */
function fileDelivery(folder: string, from: string, log: MailLog): (letter: Letter) => Promise<void> {
  return async ({ to, subject, text }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replaceAll(':', '-');
    const file = path.join(folder, `${time}-${randomBytes(3).toString('hex')}.txt`);
    await writeFile(file, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`, {
      mode: 0o600,
      flag: 'wx',
    });
    log.info({ file }, 'a mail was put into a file, because no mail server is configured');
  };
}
