import { recogniseTokenText, withoutQueryToken } from '@latchkey/core';
import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';
import { identityHeaders } from '../../identity-headers.ts';
import { namedByConnection } from '../../upstream/hop-by-hop.ts';
import { headerKind } from './header-kind.ts';

/** What the gateway tells the API of the client. */
export interface ForwardedBy {
  /** Addresses that the request came from, the client's first, as `X-Forwarded-For` has them. */
  readonly addresses: string;
  /** `http` or `https`, as the client used it. */
  readonly scheme: string;
  /** The host that the client asked for. */
  readonly host: string;
}

export interface HeaderRules {
  /** The client's `Host` is passed on; else the API sees its own address there. */
  readonly keepHost: boolean;
}

/**
 * The headers of a client's request as the API gets them: in order and as they were spelled, without what `headerKind` drops and
 * what `Connection` names, without the token, and with the gateway's own at the end. Undefined where there are two `Host`: which of them
 * was meant cannot be known.
 */
export function upstreamHeaders(
  raw: readonly string[],
  identity: LatchkeyIdentity | undefined,
  forwardedBy: ForwardedBy,
  hasBody: boolean,
  { keepHost }: HeaderRules,
): string[] | undefined {
  const headers: string[] = [];
  let named: ReadonlySet<string> | undefined;
  let hosts = 0;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    switch (headerKind(name)) {
      case 'passed':
        headers.push(name, value);
        break;
      case 'dropped':
        break;
      case 'connection':
        named = union(named, namedByConnection(value));
        break;
      case 'authorization':
        if (!isOurs(value, identity)) headers.push(name, value);
        break;
      case 'referer':
        headers.push(name, withoutQueryToken(value));
        break;
      case 'host':
        hosts += 1;
        if (keepHost) headers.push(name, value);
        break;
      case 'content_length':
        if (hasBody) headers.push(name, value);
        break;
    }
  }
  if (hosts > 1) return undefined;
  const clients = named === undefined ? headers : without(headers, named);
  clients.push('X-Forwarded-For', forwardedBy.addresses, 'X-Forwarded-Proto', forwardedBy.scheme);
  if (forwardedBy.host !== '') clients.push('X-Forwarded-Host', forwardedBy.host);
  if (identity !== undefined) clients.push(...identityHeaders(identity));
  return clients;
}

const BEARER = /^bearer(?: +|$)/i;

/** With an identity, Bearer is what was judged, or stands empty; without one, it may be a token all the same. */
function isOurs(authorization: string, identity: LatchkeyIdentity | undefined): boolean {
  if (!BEARER.test(authorization)) return false;
  return identity !== undefined || recogniseTokenText(authorization.replace(BEARER, '')) !== undefined;
}

function union(
  first: ReadonlySet<string> | undefined,
  second: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return first === undefined || second === undefined ? (first ?? second) : new Set([...first, ...second]);
}

function without(headers: readonly string[], names: ReadonlySet<string>): string[] {
  return headers.filter((_, at) => !names.has((headers[at - (at % 2)] ?? '').toLowerCase()));
}
