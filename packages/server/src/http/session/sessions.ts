import type { IncomingHttpHeaders } from 'node:http';
import type { StepUpClass } from '@latchkey/core';
import { findSession, type SessionDeps, stepUpsOf } from '../../people/sessions.ts';
import type { PersonId } from '../../store/people-rows.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';
import { isOwnPage } from './own-page.ts';

/** A person whose session came with a request of a page of this server. */
export interface SignedIn {
  readonly person: { readonly id: PersonId; readonly email: string; readonly name: string };
  readonly sessionId: string;
  /** Classes of action that need no further proof, until when (unix milliseconds). */
  readonly stepUps: ReadonlyMap<StepUpClass, number>;
}

export interface Sessions {
  /**
   * Who is signed in by the cookie of a request. Undefined: nobody, or the session is over. `cross_site_request`: there is a cookie, and
   * the page that made the request is not known to be one of this server.
   */
  find(headers: IncomingHttpHeaders): Promise<SignedIn | 'cross_site_request' | undefined>;
}

/** @param configuredOrigin where browsers know this server; undefined: none is configured */
export function createSessions(deps: SessionDeps, configuredOrigin: string | undefined): Sessions {
  return {
    async find(headers) {
      const credential = readCookie(headers, SESSION_COOKIE);
      if (credential === undefined) return undefined;
      if (!isOwnPage(headers, configuredOrigin)) return 'cross_site_request';
      const found = await findSession(deps, credential);
      if (found === undefined || found.session.state !== 'signed_in') return undefined;
      const { session, person } = found;
      const { id, email, name } = person;
      return { person: { id, email, name }, sessionId: session.id, stepUps: stepUpsOf(session, deps.now()) };
    },
  };
}
