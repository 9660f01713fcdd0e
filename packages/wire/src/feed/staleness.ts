import type { Scope, TokenUsage } from '@latchkey/core';
import { parseScope } from '@latchkey/core';
import { asObject } from './json-fields.ts';

/**
 * Seconds for which a verifier may go on deciding without the server: for each class of tokens, and less for tokens
 * that hold one of `scopes`.
 */
export interface StalenessBounds {
  readonly secret: number;
  readonly temporary: number;
  readonly public: number;
  /** By name of the scope; absent where no scope has a bound of its own. */
  readonly scopes?: Readonly<Record<string, number>>;
}

/** What of a token counts for its bound. */
export interface BoundedToken {
  readonly usage: TokenUsage;
  readonly scopes: readonly Scope[];
}

/** A year: longer bounds are mistakes. */
const MAX_SECONDS = 366 * 24 * 3600;
const CLASS_OF = { sk: 'secret', tk: 'temporary', pk: 'public' } as const satisfies Record<
  TokenUsage,
  keyof StalenessBounds
>;

/**
 * For how many seconds a token may be served without the server: the least of the bound of its class and those of all
 * scopes that it *holds*, whichever of them a request needs. So a receipt can tell the bound of a token without knowing what
 * routes there are.
 */
export function boundSecondsOf({ usage, scopes }: BoundedToken, bounds: StalenessBounds): number {
  let least = bounds[CLASS_OF[usage]];
  if (bounds.scopes === undefined) return least;
  for (const scope of scopes) {
    const own = bounds.scopes[scope];
    if (own !== undefined && own < least) least = own;
  }
  return least;
}

/** The bound past which no token is served, in seconds. */
export function longestBound({ secret, temporary, public: open }: StalenessBounds): number {
  return Math.max(secret, temporary, open);
}

/** The bound within which every token is served, in seconds. */
export function shortestBound({ secret, temporary, public: open, scopes }: StalenessBounds): number {
  return Math.min(secret, temporary, open, ...Object.values(scopes ?? {}));
}

/**
 * All three classes in seconds from 0 to a year, and the scopes that are there; undefined where a class is missing or anything
 * is no such number. What is no name of a scope is ignored.
 */
export function parseStaleness(value: unknown): StalenessBounds | undefined {
  const fields = asObject(value);
  const secret = asBound(fields?.secret);
  const temporary = asBound(fields?.temporary);
  const open = asBound(fields?.public);
  if (secret === undefined || temporary === undefined || open === undefined) return undefined;
  const classes = { secret, temporary, public: open };
  if (fields?.scopes === undefined) return classes;
  const given = asObject(fields.scopes);
  if (given === undefined) return undefined;
  const scopes: Record<string, number> = {};
  for (const [name, seconds] of Object.entries(given)) {
    if (parseScope(name) === undefined) continue;
    const bound = asBound(seconds);
    if (bound === undefined) return undefined;
    scopes[name] = bound;
  }
  return { ...classes, scopes };
}

function asBound(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_SECONDS ? value : undefined;
}
