/** What a server knows of a request and a `Request` does not tell. */
export interface SeenByServer {
  /** Names and values by turns, every repeat still there, as Node's `rawHeaders`. */
  readonly rawHeaders?: readonly string[] | undefined;
  /** The address of the peer. */
  readonly peer?: string | undefined;
}

const NOTHING: SeenByServer = {};

/**
 * What the second argument of a fetch handler tells, by its shape: `{incoming}` of `@hono/node-server`, the server of
 * `Bun.serve`, `{remoteAddr}` of `Deno.serve`. Of any other: nothing.
 */
export function seenByKnownServer(given: unknown, request: Request): SeenByServer {
  if (hasField(given, 'incoming')) return seenByNode(given.incoming);
  if (hasField(given, 'remoteAddr')) return { peer: textIn(given.remoteAddr, 'hostname') };
  if (!hasField(given, 'requestIP') || typeof given.requestIP !== 'function') return NOTHING;
  return { peer: textIn(given.requestIP(request), 'address') };
}

function seenByNode(incoming: unknown): SeenByServer {
  if (!hasField(incoming, 'rawHeaders') || !Array.isArray(incoming.rawHeaders)) return NOTHING;
  const socket = hasField(incoming, 'socket') ? incoming.socket : undefined;
  return { rawHeaders: incoming.rawHeaders, peer: textIn(socket, 'remoteAddress') };
}

function textIn<Name extends string>(value: unknown, name: Name): string | undefined {
  const text = hasField(value, name) ? value[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function hasField<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}
