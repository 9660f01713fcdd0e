import type { PeopleDeps } from './deps.ts';
import { beginGuess } from './guess-limit.ts';
import { MAIL_PACE, mailKey } from './mail-pace.ts';
import { newLink } from './new-link.ts';
import { readEmail } from './read-person.ts';

/**
 * Sends a link with which a new password can be set, where there is such a person. The same work is done and nothing is answered in either
 * case. Mails to one address come more and more seldom.
 */
export async function forgottenPassword(deps: PeopleDeps, text: string): Promise<void> {
  const email = readEmail(text);
  if (!email.ok) return;
  const person = await deps.store.personByEmail(email.value);
  const allowed = await beginGuess(deps, mailKey(deps, 'reset', email.value), MAIL_PACE);
  if (!allowed.allowed) return;
  const token = await newLink(deps, 'reset', person?.id ?? null);
  if (person !== undefined) deps.letters.resetPassword(person, token);
}
