import { parseTokenId } from '@latchkey/core';
import type { TokenPosition, TokenQuery } from '../store/store.ts';

type SortBy = TokenQuery['sortBy'];

/** A note of 128 characters, in UTF-8, in JSON, in base64url. */
const LONGEST = 1200;

/** A place in a list as clients carry it: opaque to them, made of URL-safe characters. */
export function formatListCursor(sortBy: SortBy, { at, id, asOf }: TokenPosition): string {
  return Buffer.from(JSON.stringify([sortBy, at, id, asOf])).toString('base64url');
}

/** Undefined for anything but what {@link formatListCursor} made for the same order. */
export function parseListCursor(sortBy: SortBy, text: string): TokenPosition | undefined {
  if (text.length > LONGEST) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [order, at, name, asOf] = value as unknown[];
  const id = typeof name === 'string' ? parseTokenId(name) : undefined;
  if (order !== sortBy || id === undefined || !isInteger(asOf)) return undefined;
  if (sortBy === 'note') return at === null || typeof at === 'string' ? { at, id, asOf } : undefined;
  return isInteger(at) ? { at, id, asOf } : undefined;
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
