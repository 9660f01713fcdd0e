import { hash } from 'node:crypto';
import { parseTokenId } from '@latchkey/core';
import type { Tombstone } from '../store/rows.ts';

const LINE = /^([0-9a-f]{16}) (\S+) ([A-Za-z0-9_-]{43})$/;

/** One revocation as the journal holds it: checksum, id and digest, with its line end. */
export function formatJournalLine({ id, digest }: Tombstone): string {
  return `${checksumOf(`${id} ${digest}`)} ${id} ${digest}\n`;
}

/** Reads a line without its end; undefined where it is torn or changed. */
export function parseJournalLine(line: string): Tombstone | undefined {
  const [, checksum, idText = '', digest = ''] = LINE.exec(line) ?? [];
  const id = parseTokenId(idText);
  if (id === undefined || checksumOf(`${id} ${digest}`) !== checksum) return undefined;
  return { id, digest };
}

function checksumOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
