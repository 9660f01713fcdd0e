import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Letter } from './letters.ts';
import { type Outbox, type OutboxDeps, openOutbox } from './outbox.ts';

export interface MailSettings {
  /** `smtps://user:password@host`; undefined: mails become files in `folder`. */
  readonly smtp: string | undefined;
  readonly from: string;
  readonly folder: string;
}

interface MailLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const SMTP_LIMIT_MS = 20_000;

/** Sends mails. Neither links nor addresses of people are logged. */
export function openMail(
  { smtp, from, folder }: MailSettings,
  { log, ...deps }: Omit<OutboxDeps, 'deliver'> & { readonly log: MailLog },
): Outbox {
  const deliver = smtp === undefined ? fileDelivery(folder, from, log) : smtpDelivery(smtp, from);
  return openOutbox({ ...deps, deliver, log });
}

function smtpDelivery(url: string, from: string): (letter: Letter) => Promise<void> {
  const limits = {
    connectionTimeout: SMTP_LIMIT_MS,
    greetingTimeout: SMTP_LIMIT_MS,
    socketTimeout: SMTP_LIMIT_MS,
  };
  const transport = createTransport({ url, ...limits });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ from, to, subject, text });
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
