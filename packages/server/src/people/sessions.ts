import type { StepUpClass } from '@latchkey/core';
import type { PersonRow, SessionRow } from '../store/people-rows.ts';
import type { SessionStore } from '../store/people-store.ts';
import { isCredential, newCredential, newHandle } from './credential.ts';
import type { PeopleDeps } from './deps.ts';
import type { ServerKey } from './server-key.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A session ends so long after sign-in, */
export const SESSION_MS = 30 * DAY_MS;
/** or when nobody used it so long. */
export const IDLE_MS = 7 * DAY_MS;
/** So long the second factor is waited for. */
export const PENDING_MS = 10 * 60 * 1000;
/** When a session was seen is written so seldom. */
const SEEN_EVERY_MS = 10 * 60 * 1000;
const CLIENT_LIMIT = 200;

/** A session with the text that its browser has to keep from now on. */
export interface OpenedSession {
  readonly session: SessionRow;
  readonly person: PersonRow;
  readonly credential: string;
}

export interface FoundSession {
  readonly session: SessionRow;
  readonly person: PersonRow;
}

export interface SessionDeps {
  readonly store: SessionStore;
  readonly key: Pick<ServerKey, 'digest'>;
  readonly now: () => number;
}

/** The session of a credential, also one that waits for its second factor; undefined: there is none, or it is over. */
export async function findSession(deps: SessionDeps, credential: string): Promise<FoundSession | undefined> {
  if (!isCredential(credential)) return undefined;
  const found = await deps.store.session(deps.key.digest('session', credential));
  if (found === undefined) return undefined;
  const { session } = found;
  // A sign-in that ran while the password was set anew looked at the one before.
  if (session.passwordProof !== passwordProof(deps, found.person)) return undefined;
  const at = deps.now();
  if (session.expiresAt <= at || session.seenAt + IDLE_MS <= at) return undefined;
  if (at - session.seenAt >= SEEN_EVERY_MS) await deps.store.touchSession(session.id, at);
  return found;
}

/** What binds a session to the password under which it was opened. */
export function passwordProof(
  { key }: Pick<SessionDeps, 'key'>,
  { id, passwordHash }: Pick<PersonRow, 'id' | 'passwordHash'>,
): string {
  return key.digest('password', `${id}\0${passwordHash}`);
}

/** Begins a session with a credential of its own, for whoever has shown the password that `person` has here. */
export async function openSession(
  deps: Pick<PeopleDeps, 'store' | 'key' | 'now' | 'randomBytes'>,
  person: PersonRow,
  state: SessionRow['state'],
  client: string | null,
): Promise<OpenedSession> {
  const credential = newCredential(deps);
  const at = deps.now();
  const session: SessionRow = {
    id: newHandle(deps),
    digest: deps.key.digest('session', credential),
    person: person.id,
    state,
    createdAt: at,
    seenAt: at,
    expiresAt: at + (state === 'pending' ? PENDING_MS : SESSION_MS),
    stepUps: {},
    loneRevocations: [],
    passwordProof: passwordProof(deps, person),
    client: client === null ? null : client.slice(0, CLIENT_LIMIT),
  };
  await deps.store.addSession(session);
  return { session, person, credential };
}

/** Gives a session another credential, after which the one before lets nobody in; undefined: it had ended meanwhile. */
export async function rotateSession(
  deps: Pick<PeopleDeps, 'store' | 'key' | 'now' | 'randomBytes'>,
  { session, person }: FoundSession,
  changes: Partial<Pick<SessionRow, 'state' | 'stepUps' | 'expiresAt'>>,
): Promise<OpenedSession | undefined> {
  const credential = newCredential(deps);
  const rotated: SessionRow = {
    ...session,
    ...changes,
    digest: deps.key.digest('session', credential),
    seenAt: deps.now(),
  };
  if (!(await deps.store.rotateSession(session.digest, rotated))) return undefined;
  return { session: rotated, person, credential };
}

/** Classes of action that need no further proof in this session, until when (unix milliseconds). */
export function stepUpsOf({ stepUps }: SessionRow, at: number): ReadonlyMap<StepUpClass, number> {
  const entries = Object.entries(stepUps) as [StepUpClass, number][];
  return new Map(entries.filter(([, until]) => until > at));
}
