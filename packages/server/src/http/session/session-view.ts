import type { Session } from '@latchkey/wire/native';
import { type FoundSession, type OpenedSession, stepUpsOf } from '../../people/sessions.ts';
import { hasSecondFactor } from '../../people/sign-in.ts';
import type { AppDeps } from '../app-deps.ts';
import { isoTime } from '../iso-time.ts';
import { sessionCookie } from './cookies.ts';
import type { SessionReply } from './session-endpoint.ts';

type ViewDeps = Pick<AppDeps, 'people'>;

/** Who is signed in, as the dashboard reads it. */
export async function sessionView({ people }: ViewDeps, { session, person }: FoundSession): Promise<Session> {
  const memberships = await people.store.membershipsOf(person.id);
  const stepUps = stepUpsOf(session, people.now());
  return {
    person: {
      id: person.id,
      email: person.email,
      name: person.name,
      emailVerified: person.emailVerifiedAt !== null,
      secondFactor: hasSecondFactor(person),
      language: person.language,
    },
    session: {
      id: session.id,
      createdAt: isoTime(session.createdAt),
      expiresAt: isoTime(session.expiresAt),
    },
    accounts: memberships.map(({ account: { name, kind, status }, role }) => ({ name, kind, status, role })),
    stepUps: [...stepUps].map(([stepUpClass, until]) => ({ class: stepUpClass, until: isoTime(until) })),
  };
}

/** The answer to whoever has a new credential from now on. */
export async function openedReply(
  deps: ViewDeps,
  opened: OpenedSession,
  rest: {
    readonly status?: 200 | 201;
    readonly cookies?: readonly string[];
    readonly state?: 'signed_in';
  } = {},
): Promise<SessionReply> {
  const { status = 200, cookies = [], state } = rest;
  const view = await sessionView(deps, opened);
  const body = state === undefined ? view : { state, ...view };
  return { ok: true, status, body, cookies: [sessionCookie(opened.credential), ...cookies] };
}
