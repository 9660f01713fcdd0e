import type { AccountName, Role, StepUpClass } from '@latchkey/core';

/** Names one person in audit log, sessions and memberships. Never authenticates. */
export type PersonId = string & { readonly __brand: 'PersonId' };

/** A person as stored. Times are unix milliseconds. */
export interface PersonRow {
  readonly id: PersonId;
  /** In lower case, as sign-in compares it. */
  readonly email: string;
  readonly name: string;
  /** The language of mails and of the dashboard; null: as the browser says. */
  readonly language: 'en' | 'zh' | null;
  /** Argon2id under the server's key, in PHC form. */
  readonly passwordHash: string;
  readonly emailVerifiedAt: number | null;
  /** Null: there is none, and none was begun. */
  readonly secondFactor: SecondFactor | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface SecondFactor {
  /** The shared secret of the codes, sealed under the server's key. */
  readonly sealed: string;
  /** Null: begun, and asked for at no sign-in yet. */
  readonly confirmedAt: number | null;
  /** The newest half minute of which a code was taken: none is taken twice. */
  readonly lastStep: number;
}

/** A session as stored; `digest` is keyed, so that the table alone lets nobody in. */
export interface SessionRow {
  /** Stays through rotations; a handle that never authenticates. */
  readonly id: string;
  readonly digest: string;
  readonly person: PersonId;
  /** `pending`: the password was right, and the second factor is waited for. */
  readonly state: 'pending' | 'signed_in';
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** Until when each class of action needs no further proof. */
  readonly stepUps: Readonly<Partial<Record<StepUpClass, number>>>;
  /** When it revoked single tokens of late without further proof; the oldest first. */
  readonly loneRevocations: readonly number[];
  /** Keyed digest of the password hash under which it was opened: with another password it lets nobody in. */
  readonly passwordProof: string;
  /** What the browser calls itself, cut. */
  readonly client: string | null;
}

/** Consecutive failures of guesses about one thing; rows about somebody and about nobody are alike in all. */
export interface GuessRow {
  /** Keyed digest of what is guessed about. */
  readonly key: string;
  readonly failures: number;
  /** No further guess before this time. */
  readonly nextAt: number;
}

export type LinkPurpose = 'setup' | 'reset' | 'verify';

/** What a link in a mail or on a terminal stands for, until it is used. */
export interface LinkRow {
  readonly digest: string;
  readonly purpose: LinkPurpose;
  /** Null: nobody; such links are made so that unknown addresses cost as much as known ones. */
  readonly person: PersonId | null;
  readonly expiresAt: number;
}

/** A mail that waits to be sent. */
export interface MailRow {
  readonly id: string;
  /** Whom it is for and what it says, sealed under the server's key. */
  readonly sealed: string;
  /** How often it was tried. */
  readonly tries: number;
  readonly nextAt: number;
  /** Afterwards it is good for nothing. */
  readonly expiresAt: number;
}

/** A person who acts for an account. */
export interface MemberRow {
  readonly account: AccountName;
  readonly person: PersonId;
  readonly role: Role;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** An invitation that was neither accepted nor taken back. */
export interface InvitationRow {
  readonly id: string;
  /** Keyed digest of the text in its link. */
  readonly digest: string;
  readonly account: AccountName;
  /** In lower case. */
  readonly email: string;
  readonly role: Role;
  /** Who invited: null where that person is gone. */
  readonly invitedBy: PersonId | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}
