import { parseTokenId } from '@latchkey/core';
import type { TokenPosition } from '../store/store.ts';

type SortBy = 'created' | 'modified';

/** A place in a list as clients carry it: opaque to them, made of URL-safe characters. */
export function formatListCursor(sortBy: SortBy, { at, id, asOf }: TokenPosition): string {
  return Buffer.from(JSON.stringify([sortBy, at, id, asOf])).toString('base64url');
}

/** Undefined for anything but what {@link formatListCursor} made for the same order. */
export function parseListCursor(sortBy: SortBy, text: string): TokenPosition | undefined {
  if (text.length > 200) return undefined;
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
  if (order !== sortBy || id === undefined || !isInteger(at) || !isInteger(asOf)) return undefined;
  return { at, id, asOf };
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
