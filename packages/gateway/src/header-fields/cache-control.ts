import { listMembers } from './header-list.ts';

/** Directives of a `Cache-Control` (RFC 9111 §5.2) by name in lower case; the empty string where one has no argument. */
export type Directives = ReadonlyMap<string, string>;

/** What the longest time is written as (RFC 9111 §1.2.2). */
const LONGEST_SECONDS = 2_147_483_648;
const DURATIONS: ReadonlySet<string> = new Set(['max-age', 's-maxage', 'min-fresh']);

const NO_DIRECTIVES: Directives = new Map();
/** An API sends few different ones, each with every answer; clients may invent as many as they like. */
const recent = new Map<string, Directives>();
const RECENT_LIMIT = 256;
const RECENT_LENGTH = 256;

/**
 * Reads a `Cache-Control`, in any case. A duration that is no number, or is told in two ways, counts as 0: an answer whose freshness
 * is not clear is stale (§4.2.1).
 */
export function readDirectives(value: string | undefined): Directives {
  if (value === undefined) return NO_DIRECTIVES;
  const known = recent.get(value);
  if (known !== undefined) return known;
  const directives = parseDirectives(value);
  if (recent.size >= RECENT_LIMIT) recent.clear();
  if (value.length <= RECENT_LENGTH) recent.set(value, directives);
  return directives;
}

function parseDirectives(value: string): Directives {
  const directives = new Map<string, string>();
  for (const member of listMembers(value)) {
    const equals = member.indexOf('=');
    const name = (equals === -1 ? member : member.slice(0, equals)).trim();
    const argument =
      equals === -1
        ? ''
        : member
            .slice(equals + 1)
            .trim()
            .replace(/^"(.*)"$/, '$1');
    const read = DURATIONS.has(name) ? seconds(argument) : argument;
    const told = directives.get(name);
    directives.set(name, told !== undefined && told !== read && DURATIONS.has(name) ? '0' : read);
  }
  return directives;
}

/** The same in one line, without the directives of these names. */
export function writeDirectives(directives: Directives, without: ReadonlySet<string>): string {
  return [...directives]
    .filter(([name]) => !without.has(name))
    .map(([name, argument]) => (argument === '' ? name : `${name}=${argument}`))
    .join(', ');
}

function seconds(argument: string): string {
  return /^[0-9]+$/.test(argument) ? String(Math.min(Number(argument), LONGEST_SECONDS)) : '0';
}
