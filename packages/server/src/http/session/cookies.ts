import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_MS } from '../../people/sessions.ts';

/**
 * `__Host-` (RFC 6265bis §4.1.3.2): only this very host, over a connection that nobody listens to, can have set it. Browsers count
 * loopback addresses as such also without TLS.
 */
export const SESSION_COOKIE = '__Host-latchkey_session';
export const DEVICE_COOKIE = '__Host-latchkey_device';

/** Browsers keep no cookie longer. */
const DEVICE_SECONDS = 400 * 24 * 3600;
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The value of a cookie; undefined: it was not sent. */
export function readCookie({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  for (const pair of cookie?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export function sessionCookie(credential: string): string {
  return `${SESSION_COOKIE}=${credential}; ${ATTRIBUTES}; Max-Age=${SESSION_MS / 1000}`;
}

export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

export function deviceCookie(text: string): string {
  return `${DEVICE_COOKIE}=${text}; ${ATTRIBUTES}; Max-Age=${DEVICE_SECONDS}`;
}
