import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess } from './guess-limit.ts';
import { MAIL_PACE, mailDelayed, mailKey } from './mail-pace.ts';
import { newLink } from './new-link.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';

/** Sends the link that shows that an address belongs to the person. */
export async function sendVerification(
  deps: PeopleDeps,
  person: PersonRow,
): Promise<PeopleOutcome<undefined>> {
  if (person.emailVerifiedAt !== null) return accepted(undefined);
  const allowed = await beginGuess(deps, mailKey(deps, 'verify', person.email), MAIL_PACE);
  if (!allowed.allowed) return declined(mailDelayed(allowed));
  deps.letters.verifyEmail(person, await newLink(deps, 'verify', person.id));
  return accepted(undefined);
}

/** Uses the link up. Whoever has it need not be signed in: the mail may be read on another machine. */
export async function verifyEmail(deps: PeopleDeps, token: string): Promise<PeopleOutcome<undefined>> {
  const at = deps.now();
  const link = await deps.store.takeLink(deps.key.digest('link', token), 'verify', at);
  if (link === undefined || link.person === null) {
    return declined({
      code: 'link_invalid',
      detail: 'The link was used, is over, or was replaced by a newer one.',
    });
  }
  await deps.store.updatePerson(link.person, { emailVerifiedAt: at }, at);
  return accepted(undefined);
}
