import type { Dialect } from './dialect.ts';

/** The request that a gateway asks about, as it tells it. */
export interface OriginalRequest {
  readonly method: string;
  /** Path and query as the upstream will see them. */
  readonly target: string;
  /** `X-Forwarded-For`, joined; undefined where the gateway sends none. */
  readonly forwardedFor: string | undefined;
}

const FORWARDED_FOR = 'x-forwarded-for';

/**
 * Reads what a gateway tells of the original request. Undefined where method or target is lacking or was told twice: a
 * gateway that adds its header to the client's, instead of replacing it, leaves open which of them is true.
 */
export function readOriginalRequest(
  rawHeaders: readonly string[],
  { methodHeader, targetHeader }: Dialect,
): OriginalRequest | undefined {
  let method: string | undefined;
  let target: string | undefined;
  let forwardedFor: string | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    // Most headers are others: their length tells, without a copy in lower case.
    const { length } = name;
    if (length !== methodHeader.length && length !== targetHeader.length && length !== FORWARDED_FOR.length)
      continue;
    const known = name.toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    if (known === methodHeader) {
      if (method !== undefined) return undefined;
      method = value;
    } else if (known === targetHeader) {
      if (target !== undefined) return undefined;
      target = value;
    } else if (known === FORWARDED_FOR) {
      forwardedFor = forwardedFor === undefined ? value : `${forwardedFor},${value}`;
    }
  }
  return method && target ? { method, target, forwardedFor } : undefined;
}
