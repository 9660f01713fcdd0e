import type { PeopleDeps } from './deps.ts';
import type { GuessRefused, GuessRules } from './guess-limit.ts';
import type { PeopleRefusal } from './refusal.ts';

/** Mails that somebody else can cause are counted by what they are for: nobody's invitations hold up one's own reset. */
export type PacedMail = 'reset' | 'verify' | 'invitation' | 'change';

const FREE_MAILS = 3;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What mails to an address are counted under. */
export function mailKey({ key }: Pick<PeopleDeps, 'key'>, mail: PacedMail, email: string): string {
  return key.digest('guess', `mail\0${mail}\0${email}`);
}

/**
 * Three mails at once, then one after a minute, doubling to an hour: no more than some thirty a day reach an address, whoever asks, and
 * however many. After a quiet day counting begins anew.
 */
export const MAIL_PACE: GuessRules = {
  limit: Number.POSITIVE_INFINITY,
  waitAfter: (mails) =>
    mails <= FREE_MAILS - 1 ? 0 : Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.min(mails - FREE_MAILS, 30)),
  forgottenAfterMs: DAY_MS,
};

/** A mail that may not be sent yet, as it is told to whoever is signed in. */
export function mailDelayed({ waitMs }: GuessRefused): PeopleRefusal & { readonly code: 'mail_delayed' } {
  const seconds = Math.ceil((waitMs ?? HOUR_MS) / 1000);
  return {
    code: 'mail_delayed',
    detail: `Mails were sent to this address already. The next one is possible in ${seconds} s.`,
    retryAfterSeconds: seconds,
  };
}
