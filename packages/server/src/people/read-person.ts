import { accepted, declined, type PeopleOutcome } from './refusal.ts';

const NAME_LIMIT = 100;
/** What mail servers take, and nothing that a header could be broken with. */
const EMAIL = /^[^\s@"<>(),:;[\]\\]{1,64}@[^\s@"<>(),:;[\]\\]{1,253}$/u;
const CONTROL = /\p{Cc}/u;
/** Names stand in mails to people who know nobody here: no links, and nothing that is not seen. */
const BAIT = /:\/\/|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The address in the form in which it is stored and compared. */
export function readEmail(text: string): PeopleOutcome<string> {
  const email = text.trim().normalize('NFC').toLowerCase();
  if (email.length <= 254 && EMAIL.test(email) && !CONTROL.test(email)) return accepted(email);
  return declined({
    code: 'email_invalid',
    detail: 'This is no e-mail address: name@example.com.',
    field: 'email',
  });
}

export function readPersonName(text: string): PeopleOutcome<string> {
  const name = text.trim().normalize('NFC');
  if (name !== '' && [...name].length <= NAME_LIMIT && !BAIT.test(name)) return accepted(name);
  return declined({
    code: 'name_invalid',
    detail: `A name has 1 to ${NAME_LIMIT} characters on one line, all of them visible, and no link.`,
    field: 'name',
  });
}
