import { hash } from 'node:crypto';

/** The chain before the first change. */
export const CHAIN_BEGINNING = '0'.repeat(64);

/** The running digest after one more change: SHA-256, in hex, of the digest before and the record's JSON text. */
export function nextChain(previous: string, record: string): string {
  return hash('sha256', previous + record, 'hex');
}
