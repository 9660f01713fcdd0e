import { headerOf, withoutHeaders } from '../header-fields/header-list.ts';

/** The head of an answer. */
export interface Head {
  readonly status: number;
  readonly statusText: string;
  /** Names and values by turns. */
  readonly headers: readonly string[];
}

const AGE = new Set(['age']);
/** They describe a body that is not sent (RFC 9110 §15.4.5). */
const OF_THE_BODY = new Set([
  'age',
  'content-length',
  'content-type',
  'content-encoding',
  'content-range',
  'trailer',
]);
/** A 304 has no body that these could be about, so those of the stored answer stay (RFC 9111 §3.2). */
const KEPT_FROM_STORED = new Set([
  'content-length',
  'content-encoding',
  'content-type',
  'content-range',
  'age',
]);

/**
 * The headers as they are stored: with `Date` (RFC 9110 §6.6.1) and the length of the body, without `Age`, which is told anew each time.
 * @param now unix milliseconds
 */
export function headersToStore({ status, headers }: Head, bodyBytes: number, now: number): string[] {
  const kept = withoutHeaders(headers, AGE);
  if (headerOf(kept, 'date') === undefined) kept.push('Date', new Date(now).toUTCString());
  if (headerOf(kept, 'content-length') === undefined && status !== 204)
    kept.push('Content-Length', String(bodyBytes));
  return kept;
}

/** The stored headers after the API answered 304 with these (RFC 9111 §3.2). A stored `Date` is over, even if no new one is told. */
export function updatedHeaders(stored: readonly string[], of304: readonly string[]): string[] {
  const told = withoutHeaders(of304, KEPT_FROM_STORED);
  const names = new Set(told.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()));
  names.add('date');
  return [...withoutHeaders(stored, names), ...told];
}

/** Whether a 304 is about the stored answer, whose `ETag` was asked with. */
export function confirms(stored: readonly string[], of304: readonly string[]): boolean {
  const told = headerOf(of304, 'etag');
  const held = headerOf(stored, 'etag');
  return told === undefined || held === undefined || opaque(told) === opaque(held);
}

/** What makes the API tell whether a stored answer still holds; empty: it has no validator. */
export function validatorsOf(stored: readonly string[]): string[] {
  const etag = headerOf(stored, 'etag');
  if (etag !== undefined) return ['If-None-Match', etag];
  const modified = headerOf(stored, 'last-modified');
  return modified === undefined ? [] : ['If-Modified-Since', modified];
}

/**
 * The head that a client gets of a stored answer: 304 where the client holds the same already (RFC 9110 §13.1.2, §13.1.3), else as it is
 * stored, with its age.
 */
export function headFor(stored: Head, requestHeaders: readonly string[], ageSeconds: number): Head {
  const age = ['Age', String(Math.max(0, ageSeconds))];
  if (stored.status === 200 && hasSame(stored.headers, requestHeaders)) {
    const headers = [...withoutHeaders(stored.headers, OF_THE_BODY), ...age];
    return { status: 304, statusText: 'Not Modified', headers };
  }
  return { ...stored, headers: [...stored.headers, ...age] };
}

function hasSame(stored: readonly string[], requestHeaders: readonly string[]): boolean {
  const asked = headerOf(requestHeaders, 'if-none-match');
  if (asked !== undefined) {
    const held = headerOf(stored, 'etag');
    if (asked.trim() === '*') return true;
    return held !== undefined && entityTags(asked).includes(opaque(held));
  }
  const since = Date.parse(headerOf(requestHeaders, 'if-modified-since') ?? '');
  const modified = Date.parse(headerOf(stored, 'last-modified') ?? '');
  return modified <= since;
}

/** Entity tags are compared as they are written, so the case stays. */
function entityTags(list: string): string[] {
  return list.match(/"[^"]*"/g) ?? [];
}

function opaque(etag: string): string {
  return etag.trim().replace(/^W\//, '');
}
