import type { AccountName, Role } from '@latchkey/core';
import { messagesIn } from '@latchkey/wire/messages';
import type { PersonRow } from '../../store/people-rows.ts';
import { INVITATION_MS, LINK_LIFE_MS } from '../link-life.ts';

/** A mail in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Later it is of no use: its link is over, or what it tells is old. */
  readonly goodForMs: number;
}

/** So long news of one's own account are worth a mail. */
const NEWS_MS = 24 * 3600 * 1000;

/** What people are told by mail. Nothing waits for a mail to be sent, so that no answer tells whether one was. */
export interface Letters {
  resetPassword(person: PersonRow, token: string): void;
  verifyEmail(person: PersonRow, token: string): void;
  passwordChanged(person: PersonRow): void;
  secondFactorChanged(person: PersonRow, isThere: boolean): void;
  /** In the language of whoever invites. */
  invitation(invitation: InvitationLetter, token: string): void;
}

export interface InvitationLetter {
  readonly email: string;
  readonly account: AccountName;
  readonly role: Role;
  readonly inviter: string;
  readonly language: PersonRow['language'];
}

/** @param ownUrl the address under which people know this server, never what a request says of it; without a trailing slash */
export function createLetters(send: (letter: Letter) => void, ownUrl: () => string): Letters {
  /** Behind the `#` a token is in no log and in no Referer. */
  const page = (path: string, token?: string) =>
    `${ownUrl()}/dashboard/${path}${token === undefined ? '' : `#${token}`}`;

  function sendTo(
    person: Pick<PersonRow, 'email' | 'name' | 'language'>,
    subject: string,
    paragraphs: readonly string[],
    goodForMs = NEWS_MS,
  ): void {
    const { greeting } = messagesIn(person.language ?? 'en').mail;
    send({
      to: person.email,
      subject,
      text: `${[greeting({ name: person.name }), ...paragraphs].join('\n\n')}\n`,
      goodForMs,
    });
  }

  return {
    resetPassword(person, token) {
      const text = textsFor(person);
      sendTo(
        person,
        text.resetSubject,
        [text.reset, page('reset', token), text.resetIgnore],
        LINK_LIFE_MS.reset,
      );
    },
    verifyEmail(person, token) {
      const text = textsFor(person);
      sendTo(
        person,
        text.verifySubject,
        [text.verify, page('verify-email', token), text.verifyIgnore],
        LINK_LIFE_MS.verify,
      );
    },
    passwordChanged(person) {
      const text = textsFor(person);
      sendTo(person, text.changedSubject, [text.changed, page('forgotten')]);
    },
    secondFactorChanged(person, isThere) {
      const text = textsFor(person);
      const what = isThere ? text.factorAdded : text.factorRemoved;
      sendTo(person, text.factorSubject, [what, page('forgotten')]);
    },
    invitation({ email, account, role, inviter, language }, token) {
      const text = messagesIn(language ?? 'en').mail;
      const paragraphs = [
        text.hello,
        text.invited({ inviter, account, role: text.roleOf[role] }),
        page('invitation', token),
        text.invitedIgnore,
      ];
      const subject = text.invitedSubject({ account });
      send({ to: email, subject, text: `${paragraphs.join('\n\n')}\n`, goodForMs: INVITATION_MS });
    },
  };
}

function textsFor({ language }: Pick<PersonRow, 'language'>) {
  return messagesIn(language ?? 'en').mail;
}
