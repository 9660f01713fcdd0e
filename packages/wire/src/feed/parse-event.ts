import type { FeedBye, FeedHeartbeat, FeedHello } from './event.ts';
import { asCount, asLabel, parseJsonObject } from './json-fields.ts';
import type { ParsedRecord } from './parse-record.ts';
import { parseRecord } from './parse-record.ts';
import { parseStaleness } from './staleness.ts';

/** A `change` event. `at` is unix milliseconds of the commit, undefined where it could not be read. */
export interface ParsedChange {
  readonly revision: number | undefined;
  readonly at: number | undefined;
  readonly record: ParsedRecord;
}

const MAX_CURSOR_LENGTH = 256;
const MAX_LABEL_LENGTH = 128;
/** A year: longer pauses are mistakes. */
const MAX_SECONDS = 366 * 24 * 3600;

/** The data of a `hello` event; undefined where it does not parse. Unknown fields are ignored. */
export function parseHello(data: string): FeedHello | undefined {
  const fields = parseJsonObject(data);
  if (fields === undefined) return undefined;
  const verifier = asLabel(fields.verifier, MAX_LABEL_LENGTH);
  const connection = asLabel(fields.connection, MAX_LABEL_LENGTH);
  const epoch = asLabel(fields.epoch, MAX_LABEL_LENGTH);
  const head = asCursorText(fields.head);
  const { resync } = fields;
  const staleness = parseStaleness(fields.staleness);
  const serverTime = asCount(fields.serverTime);
  const minVersion = asLabel(fields.minVersion, MAX_LABEL_LENGTH);
  if (verifier === undefined || connection === undefined || epoch === undefined || head === undefined) {
    return undefined;
  }
  if (typeof resync !== 'boolean' || staleness === undefined) return undefined;
  if (serverTime === undefined || minVersion === undefined) return undefined;
  return { verifier, connection, epoch, head, resync, staleness, serverTime, minVersion };
}

/** The data of a `change` event: always an answer, with whatever could be read. */
export function parseChange(data: string): ParsedChange {
  const fields = parseJsonObject(data);
  return {
    revision: asCount(fields?.revision),
    at: asCount(fields?.at),
    record: parseRecord(fields?.record),
  };
}

export function parseHeartbeat(data: string): FeedHeartbeat | undefined {
  const fields = parseJsonObject(data);
  const head = asCursorText(fields?.head);
  const serverTime = asCount(fields?.serverTime);
  return head === undefined || serverTime === undefined ? undefined : { head, serverTime };
}

export function parseBye(data: string): FeedBye | undefined {
  const retryAfterSeconds = asSeconds(parseJsonObject(data)?.retryAfterSeconds);
  return retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
}

/** A cursor as verifiers see it: opaque text of bounded length. */
export function asCursorText(value: unknown): string | undefined {
  return asLabel(value, MAX_CURSOR_LENGTH);
}

function asSeconds(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_SECONDS ? value : undefined;
}
