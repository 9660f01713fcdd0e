import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { baseOf, FIELD, FLAG, RECORD_WORDS, SEGMENT_RECORDS } from '../replica/record-store.ts';
import type { Replica } from '../replica/replica.ts';
import { readChunks } from './chunk-file.ts';
import type { CopyHead, CopyNames, CopyTexts, SharedTexts } from './copy-format.ts';
import { KIND, parseHead, parseJson, SHARED_TEXTS } from './copy-format.ts';

const UNKNOWN_NAME = 'a record of the file names what is not in it';

/** A copy whose every checksum fits. */
interface ReadCopy {
  readonly head: CopyHead;
  readonly segments: readonly Uint32Array[];
  readonly texts: Readonly<Record<SharedTexts, (string | undefined)[]>>;
  readonly names: CopyNames;
}

/**
 * Reads a copy into an empty replica and answers what it is of; undefined where there is no file.
 * @param url the installation that it has to be of
 * @throws Error, with a sentence for people, where it cannot be used; the replica is as empty as before
 */
export async function loadCopy(replica: Replica, file: string, url: string): Promise<CopyHead | undefined> {
  const copy = await readCopy(file, url);
  if (copy === undefined) return undefined;
  await install(replica, copy);
  return copy.head;
}

async function readCopy(path: string, url: string): Promise<ReadCopy | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    let head: CopyHead | undefined;
    const segments: Uint32Array[] = [];
    const texts: ReadCopy['texts'] = { scopes: [], urls: [], restrictions: [], reasons: [] };
    let names: CopyNames | undefined;
    let isEnded = false;
    for await (const { kind, payload } of readChunks(file, size)) {
      if (isEnded) throw new Error('the file goes on after its end');
      if (head === undefined) {
        if (kind !== KIND.head) throw new Error('the file does not begin with its head');
        head = parseHead(payload);
        if (head.url !== url) throw new Error('the file is of another installation');
      } else if (kind === KIND.records) segments.push(toSegment(payload));
      else if (kind === KIND.texts) {
        const { table, from, texts: some } = parseJson(payload) as CopyTexts;
        const into = texts[table];
        for (const [index, text] of some.entries()) into[from + index] = text ?? undefined;
      } else if (kind === KIND.names) names = parseJson(payload) as CopyNames;
      else if (kind === KIND.end) isEnded = true;
      else throw new Error('the file has a part of an unknown kind');
    }
    if (head === undefined || names === undefined || !isEnded) throw new Error('the file is cut off');
    const copy = { head, segments, texts, names };
    for (const segment of segments) checkReferences(segment, copy);
    return copy;
  } finally {
    await file.close();
  }
}

function toSegment(payload: Uint8Array): Uint32Array {
  const bytes = RECORD_WORDS * 4;
  if (payload.length > SEGMENT_RECORDS * bytes || payload.length % bytes !== 0) {
    throw new Error('the file has records of another size');
  }
  if (payload.length === SEGMENT_RECORDS * bytes) return new Uint32Array(payload.buffer);
  const segment = new Uint32Array(SEGMENT_RECORDS * RECORD_WORDS);
  new Uint8Array(segment.buffer).set(payload);
  return segment;
}

function checkReferences(segment: Uint32Array, { texts, names }: ReadCopy): void {
  for (let slot = 0; slot < SEGMENT_RECORDS; slot++) {
    forEachReference(segment, slot, (table, number) => {
      if (number !== 0 && texts[table][number] === undefined) throw new Error(UNKNOWN_NAME);
    });
    const account = segment[baseOf(slot) + FIELD.account] ?? 0;
    if (account > names.accounts.length) throw new Error(UNKNOWN_NAME);
  }
}

/** What a record shares with others; nothing where it is not live. */
function forEachReference(
  segment: Uint32Array,
  slot: number,
  visit: (table: SharedTexts, number: number) => void,
): void {
  const base = baseOf(slot);
  const flags = segment[base + FIELD.flags] ?? 0;
  if ((flags & FLAG.live) === 0) return;
  visit('scopes', segment[base + FIELD.scopes] ?? 0);
  const detail = base + FIELD.detail;
  if ((flags & FLAG.bad) !== 0) visit('reasons', segment[detail] ?? 0);
  else if ((flags & FLAG.compiled) !== 0) visit('restrictions', segment[detail] ?? 0);
  else {
    const rules = (flags & FLAG.rules) >> FLAG.rulesShift;
    for (let rule = 0; rule < rules; rule++) visit('urls', segment[detail + rule] ?? 0);
  }
}

/** Puts a segment in place, and appends its live slots to `live`. Answers how many those are then. */
function installSegment({ table }: Replica, segment: Uint32Array, live: Uint32Array, before: number): number {
  const { shared, store } = table.records;
  const first = store.used;
  let count = before;
  store.append(segment);
  for (let at = 0; at < SEGMENT_RECORDS; at++) {
    const base = baseOf(at);
    if (((segment[base + FIELD.flags] ?? 0) & FLAG.live) === 0) continue;
    forEachReference(segment, at, (name, number) => shared[name].holdAgain(number));
    segment[base + FIELD.mark] = 0;
    live[count++] = first + at;
  }
  return count;
}

/** Cannot fail: everything has been checked. */
async function install(replica: Replica, { head, segments, texts, names }: ReadCopy): Promise<void> {
  const { table } = replica;
  const { shared } = table.records;
  for (const name of names.accounts) shared.accounts.numberOf(name);
  for (const [name, suspended, revision] of names.told) shared.accounts.set(name, suspended, revision);
  for (const [id, revision] of names.deniedIds) table.deniedIds.set(id, revision ?? Number.POSITIVE_INFINITY);
  for (const name of SHARED_TEXTS) shared[name].restore(texts[name]);
  const live = new Uint32Array(segments.length * SEGMENT_RECORDS);
  let count = 0;
  for (const segment of segments) {
    count = installSegment(replica, segment, live, count);
    await setImmediate();
  }
  const linking = table.linkCopy(live.subarray(0, count));
  while (!linking.next().done) await setImmediate();
  for (const name of SHARED_TEXTS) shared[name].trim();
  replica.continueFrom(head.epoch);
}
