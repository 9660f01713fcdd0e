import type { AccountName, Role } from '@latchkey/core';
import type {
  GuessRow,
  InvitationRow,
  LinkPurpose,
  LinkRow,
  MailRow,
  MemberRow,
  PersonId,
  PersonRow,
  SecondFactor,
  SessionRow,
} from './people-rows.ts';
import type { AccountRow } from './rows.ts';

/** Everything about people, cut by consumer. None of it reaches verifiers. */
export interface PeopleStore
  extends PersonStore,
    SessionStore,
    GuessStore,
    LinkStore,
    MailStore,
    MemberStore,
    InvitationStore,
    KeyCheckStore {}

/** People come into being inside a change (`Changes.putPerson`), together with their first membership. */
export interface PersonStore {
  person(id: PersonId): Promise<PersonRow | undefined>;
  /** @param email in lower case */
  personByEmail(email: string): Promise<PersonRow | undefined>;
  /** Changes what is named; the rest stays. `email` is verified where `verifiedEmail` is still the address. */
  updatePerson(
    id: PersonId,
    changes: Partial<Pick<PersonRow, 'name' | 'language' | 'emailVerifiedAt'>>,
    at: number,
  ): Promise<void>;
  /**
   * Sets another password and, in the same transaction, forgets the links that set one by mail and ends all sessions but that of
   * `proved`, which is bound to the new password. False: not all is as it was proved any more, and nothing was changed.
   */
  setPassword(
    proved: Proved,
    to: Pick<PersonRow, 'passwordHash' | 'emailVerifiedAt'> & Pick<SessionRow, 'passwordProof'>,
    at: number,
  ): Promise<boolean>;
  /**
   * Replaces the second factor and its recovery codes (as keyed digests); null takes both away. False: not all is as it was
   * proved any more, and nothing was changed.
   */
  setSecondFactor(
    proved: Proved,
    factor: SecondFactor | null,
    recoveryDigests: readonly string[],
    at: number,
  ): Promise<boolean>;
  /**
   * Takes the code of a half minute; false: one of it or of a later one was taken before, or the factor is another than the one
   * that is `sealed` so. `confirmedAt` confirms the factor.
   */
  takeStep(id: PersonId, sealed: string, step: number, confirmedAt: number | null): Promise<boolean>;
  /** Takes a recovery code; false: there is none such, or no longer. */
  takeRecoveryCode(id: PersonId, digest: string): Promise<boolean>;
}

/** What a change of how somebody signs in rests on. */
export interface Proved {
  /** As it was when the proof was looked at: password hash and second factor have to be the same still. */
  readonly person: PersonRow;
  /** The id of a session of the person, which has to be there still; null: a link proved it. */
  readonly session: string | null;
}

export interface SessionStore {
  addSession(row: SessionRow): Promise<void>;
  session(digest: string): Promise<{ readonly session: SessionRow; readonly person: PersonRow } | undefined>;
  /** By its id; undefined: there is none, or it waits for its second factor, or it is over. */
  signedInSession(id: string): Promise<SessionRow | undefined>;
  /** Gives a session another credential and state; false: the credential before was used up or ended meanwhile. */
  rotateSession(
    from: string,
    to: Pick<SessionRow, 'digest' | 'state' | 'stepUps' | 'seenAt' | 'expiresAt'>,
  ): Promise<boolean>;
  touchSession(id: string, seenAt: number): Promise<void>;
  /** Those that are signed in and not over at `at`, the newest seen first. */
  sessionsOf(person: PersonId, at: number): Promise<readonly SessionRow[]>;
  /** False: the person has no such session. */
  endSession(person: PersonId, id: string): Promise<boolean>;
  /** All of a person but `except`; answers how many. */
  endSessions(person: PersonId, except: string | null): Promise<number>;
}

export interface GuessStore {
  guess(key: string): Promise<GuessRow | undefined>;
  /** Writes `row` where the row is still as `seen` (undefined: there is none); false: somebody was faster. */
  replaceGuess(seen: GuessRow | undefined, row: GuessRow, at: number): Promise<boolean>;
  forgetGuess(key: string): Promise<void>;
  /**
   * Forgets guesses whose last try was before `before`, and beyond `keep` those with the fewest failures, the oldest first.
   * Answers how many were forgotten.
   */
  sweepGuesses(query: { readonly before: number; readonly keep: number }): Promise<number>;
}

export interface LinkStore {
  /** Where `only` is set, it takes the place of all other links of its purpose and person. */
  addLink(row: LinkRow, only: boolean): Promise<void>;
  /** A link that can still be used at `at`. */
  link(digest: string, purpose: LinkPurpose, at: number): Promise<LinkRow | undefined>;
  /** Uses a link up; undefined: it was used, is over, or never was. */
  takeLink(digest: string, purpose: LinkPurpose, at: number): Promise<LinkRow | undefined>;
  /** Forgets what is over: links, sessions, invitations. Answers how many. */
  sweepOver(at: number): Promise<number>;
}

export interface MailStore {
  addMail(row: MailRow): Promise<void>;
  /** The one that is to be tried first, perhaps later than now. */
  nextMail(): Promise<MailRow | undefined>;
  /** Notes one more try of a mail, and when the next would be; false: somebody else tries it, or it is gone. */
  claimMail(row: Pick<MailRow, 'id' | 'tries'>, nextAt: number): Promise<boolean>;
  dropMail(id: string): Promise<void>;
  countMails(): Promise<number>;
}

/** Changed inside a change: `Changes.putMember`, `Changes.dropMember`. */
export interface MemberStore {
  member(account: AccountName, person: PersonId): Promise<MemberRow | undefined>;
  /** By name and id. */
  membersOf(
    account: AccountName,
  ): Promise<readonly { readonly member: MemberRow; readonly person: PersonRow }[]>;
  /** By account name. */
  membershipsOf(person: PersonId): Promise<readonly { readonly account: AccountRow; readonly role: Role }[]>;
}

/** Changed inside a change: `Changes.putInvitation`, `Changes.dropInvitation`. */
export interface InvitationStore {
  /** One that can still be accepted at `at`. */
  invitationByDigest(digest: string, at: number): Promise<InvitationRow | undefined>;
  /** Of an account, the newest first; those that are over are left out. */
  invitationsOf(account: AccountName, at: number): Promise<readonly InvitationRow[]>;
}

export interface KeyCheckStore {
  /** Notes by what a server knows its own key again, or answers what was noted before. */
  keyCheck(check: string): Promise<string>;
}
