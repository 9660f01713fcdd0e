import type { CheckRequest } from '@latchkey/core';
import { readHttpRequest } from '@latchkey/core';

/** What a server knows of a request and a `Request` does not tell. */
export interface SeenByServer {
  /** Names and values by turns, every repeat still there, as Node's `rawHeaders`. */
  readonly rawHeaders?: readonly string[] | undefined;
  /** The address of the peer. */
  readonly peer?: string | undefined;
}

const HEADERS = [
  'authorization',
  'origin',
  'referer',
  'sec-fetch-site',
  'access-control-request-method',
  'x-ios-bundle-identifier',
  'x-android-package',
  'user-agent',
] as const;
const NOTHING: SeenByServer = {};

/** Reads a fetch `Request` as the decision sees it. The path is the one that the handler will see. */
export function readFetchRequest(
  request: Request,
  seen: SeenByServer,
  address: string | undefined,
): CheckRequest {
  return readHttpRequest(request.method, request.url, seen.rawHeaders ?? rawHeadersOf(request), address);
}

/** `{incoming}`, as `@hono/node-server` hands it to the app, by its shape. */
export function seenByNodeServer(env: unknown): SeenByServer {
  if (!hasField(env, 'incoming')) return NOTHING;
  const { incoming } = env;
  if (!hasField(incoming, 'rawHeaders') || !Array.isArray(incoming.rawHeaders)) return NOTHING;
  const socket = hasField(incoming, 'socket') ? incoming.socket : undefined;
  const peer = hasField(socket, 'remoteAddress') ? socket.remoteAddress : undefined;
  return { rawHeaders: incoming.rawHeaders, peer: typeof peer === 'string' ? peer : undefined };
}

/**
 * `Headers` joins repeats with a comma and a space, which none of these holds when it came once: they are taken apart again. Only the
 * name of a program may hold both, and it decides nothing.
 */
function rawHeadersOf({ headers }: Request): string[] {
  const raw: string[] = [];
  for (const name of HEADERS) {
    const value = headers.get(name);
    if (value === null) continue;
    for (const part of name === 'user-agent' ? [value] : value.split(', ')) raw.push(name, part);
  }
  return raw;
}

function hasField<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}
