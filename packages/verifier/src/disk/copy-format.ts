import { endianness } from 'node:os';
import type { AccountName, TokenId } from '@latchkey/core';
import type { StalenessBounds } from '@latchkey/wire/feed';
import { parseStaleness } from '@latchkey/wire/feed';

/** Raised with every change of the form, of the record layout or of what texts mean. Any other form is refused. */
export const FORMAT = 2;

/** Kinds of the chunks of a copy, in the order in which they come; `records` and `texts` as often as needed. */
export const KIND = { head: 1, records: 2, texts: 3, names: 4, end: 5 } as const;

/** What a copy is of. */
export interface CopyHead {
  /** Where the server is. A copy of another installation is refused. */
  readonly url: string;
  readonly epoch: string;
  /** The place in the history after which the stream goes on. Records may be newer. */
  readonly cursor: string;
  readonly revision: number;
  /** Unix milliseconds, by the wall clock, at which the replica was known to be complete. */
  readonly completeAt: number;
  /** Which file beside it has the changes since it was begun: letters and digits. */
  readonly log: string;
  /** The bounds that the server told last. */
  readonly staleness: StalenessBounds;
}

/** A stretch of what records share: the texts from number `from` on; null where a number is free. */
export interface CopyTexts {
  readonly table: SharedTexts;
  readonly from: number;
  readonly texts: readonly (string | null)[];
}

export type SharedTexts = 'scopes' | 'urls' | 'restrictions' | 'reasons';
export const SHARED_TEXTS: readonly SharedTexts[] = ['scopes', 'urls', 'restrictions', 'reasons'];

export interface CopyNames {
  /** From account number 1 on. */
  readonly accounts: readonly AccountName[];
  readonly told: readonly (readonly [AccountName, boolean, number])[];
  /** A revision of null stands for ever. */
  readonly deniedIds: readonly (readonly [TokenId, number | null])[];
}

export function formatJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

/** @throws Error where it is no head of this form and this machine's byte order */
export function parseHead(payload: Uint8Array): CopyHead {
  const value = parseJson(payload) as Partial<CopyHead & { format: number; byteOrder: string }>;
  if (typeof value.format !== 'number') throw new Error('the file does not tell its form');
  if (value.format !== FORMAT)
    throw new Error(`the file has form ${value.format}, this verifier reads ${FORMAT}`);
  if (value.byteOrder !== endianness()) throw new Error('the file is of a machine with another byte order');
  const { url, epoch, cursor, revision, completeAt, log, staleness } = value;
  const isWhole =
    typeof url === 'string' &&
    typeof epoch === 'string' &&
    typeof cursor === 'string' &&
    Number.isSafeInteger(revision) &&
    Number.isFinite(completeAt) &&
    typeof log === 'string' &&
    /^[a-z0-9]+$/.test(log) &&
    parseStaleness(staleness) !== undefined;
  if (!isWhole) throw new Error('the head of the file is not whole');
  // All fields were looked at.
  return { url, epoch, cursor, revision, completeAt, log, staleness } as CopyHead;
}

/** Its checksum fits and its form is ours: what stands in it was written by this very code. */
export function parseJson(payload: Uint8Array): unknown {
  return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8'));
}
