import type { CheckRequest } from '@latchkey/core';
import { readHttpRequest } from '@latchkey/core';
import type { SeenByServer } from './seen-by-server.ts';

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

/** Reads a fetch `Request` as the decision sees it. The path is the one that the handler will see. */
export function readFetchRequest(
  request: Request,
  seen: SeenByServer,
  address: string | undefined,
): CheckRequest {
  return readHttpRequest(request.method, request.url, seen.rawHeaders ?? rawHeadersOf(request), address);
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
