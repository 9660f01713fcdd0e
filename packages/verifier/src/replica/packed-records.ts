import type {
  CompiledRestrictions,
  ForeignRestriction,
  Scope,
  TokenId,
  TokenRecord,
  UrlRule,
} from '@latchkey/core';
import { compileRestrictions, NO_RESTRICTIONS, readUrlRule, restrictToUrls } from '@latchkey/core';
import type { FeedToken, FeedTombstone } from '@latchkey/wire/feed';
import type { AccountTable } from './account-table.ts';
import { createAccountTable, NO_ACCOUNT_NUMBER } from './account-table.ts';
import type { Interned } from './interned.ts';
import { createInterned } from './interned.ts';
import { flagOf, PackedRecord, readExpires } from './packed-record.ts';
import type { RecordStore } from './record-store.ts';
import { baseOf, createRecordStore, FIELD, FLAG, RECORD_WORDS, segmentOf } from './record-store.ts';
import {
  DIGEST_WORDS,
  formatDigest,
  formatId,
  ID_WORDS,
  NEVER,
  readBase64urlDigest,
  readId,
  WORD,
} from './words.ts';

/** What records share, by number. */
export interface SharedValues {
  readonly accounts: AccountTable;
  readonly scopes: Interned<readonly Scope[]>;
  readonly urls: Interned<UrlRule>;
  /** Restrictions of other kinds, and longer lists of URLs. */
  readonly restrictions: Interned<CompiledRestrictions>;
  readonly reasons: Interned<string>;
}

/** Records in their packed form, by slot: how they are written, read and given up. Knows nothing of which record wins. */
export interface PackedRecords {
  readonly store: RecordStore;
  readonly shared: SharedValues;
  /** Each writes a new record that nobody finds yet, and answers its slot. */
  writeToken(token: FeedToken): number;
  writeTombstone(tombstone: FeedTombstone): number;
  writeBroken(id: TokenId, digest: string, revision: number, reason: string): number;
  /** Each changes a record where it stands, and keeps its digest and id. */
  makeTombstone(slot: number, revision: number): void;
  makeBroken(slot: number, revision: number, reason: string): void;
  setRevision(slot: number, revision: number): void;
  setFlag(slot: number, flag: number): void;
  clearFlag(slot: number, flag: number): void;
  setMark(slot: number, mark: number): void;
  /** Moves the content of one slot into another, whose own is given up; the first is free then. */
  move(from: number, to: number): void;
  free(slot: number): void;
  word(slot: number, field: number): number;
  revisionOf(slot: number): number;
  /** Unix milliseconds; `Infinity` where the token does not expire. */
  expiresOf(slot: number): number;
  idOf(slot: number): TokenId;
  digestOf(slot: number): string;
  readDigest(slot: number, into: Uint32Array): void;
  readId(slot: number, into: Uint32Array): void;
  hasSameId(slot: number, other: number): boolean;
  hasSameDigest(slot: number, other: number): boolean;
  /** True where both say the same. Marks do not count; nor does, for tombstones, whose token it was. */
  saysTheSame(slot: number, other: number): boolean;
  view(slot: number): TokenRecord;
}

/** Restrictions that are nothing but a few URLs that read. */
interface FewUrls {
  readonly entries: readonly string[];
  readonly strictPaths: boolean;
}

const UNTOLD_USAGE = 1;
const MAX_RULES = 3;
const NO_SCOPES: readonly Scope[] = Object.freeze([]);

export function createPackedRecords(): PackedRecords {
  const store = createRecordStore();
  const { segments } = store;
  const shared: SharedValues = {
    accounts: createAccountTable(),
    // Only lists of parsed scopes and of restrictions from the network are written as these texts.
    scopes: createInterned((text) => Object.freeze(text === '' ? [] : text.split(' ')) as readonly Scope[]),
    urls: createInterned(readRule),
    restrictions: createInterned((json) => compileRestrictions(JSON.parse(json) as ForeignRestriction[])),
    reasons: createInterned((text) => text),
  };
  const { accounts, scopes, urls, restrictions, reasons } = shared;
  /** Of lists that many records of a snapshot share: what it costs to look at one is paid once. */
  const scopeTexts = new WeakMap<readonly Scope[], string>();
  const urlLists = new WeakMap<readonly ForeignRestriction[], FewUrls>();

  function word(slot: number, field: number): number {
    return segmentOf(segments, slot)[baseOf(slot) + field] ?? 0;
  }

  function put(slot: number, field: number, value: number): void {
    segmentOf(segments, slot)[baseOf(slot) + field] = value;
  }

  function putLong(slot: number, field: number, value: number): void {
    put(slot, field, Math.floor(value / WORD));
    put(slot, field + 1, value % WORD);
  }

  function long(slot: number, field: number): number {
    return word(slot, field) * WORD + word(slot, field + 1);
  }

  function write(id: TokenId, digest: string, revision: number): number {
    const slot = store.allocate();
    const words = segmentOf(segments, slot);
    const base = baseOf(slot);
    readBase64urlDigest(digest, words, base + FIELD.digest);
    readId(id, words, base + FIELD.id);
    putLong(slot, FIELD.revision, revision);
    put(slot, FIELD.expires, NEVER);
    put(slot, FIELD.expires + 1, NEVER);
    return slot;
  }

  /** Holds what the token's restrictions share, and answers the flags that say how. */
  function putRestrictions(slot: number, list: readonly ForeignRestriction[]): number {
    if (list.length === 0) return 0;
    const few = urlLists.get(list) ?? fewUrls(list);
    if (few !== undefined) urlLists.set(list, few);
    else {
      put(slot, FIELD.detail, restrictions.hold(JSON.stringify(list)));
      return FLAG.compiled;
    }
    for (const [index, entry] of few.entries.entries()) put(slot, FIELD.detail + index, urls.hold(entry));
    return (few.entries.length << FLAG.rulesShift) | (few.strictPaths ? FLAG.strictPaths : 0);
  }

  /** The entries, where the restrictions are a few URLs that read, and nothing else. */
  function fewUrls(list: readonly ForeignRestriction[]): FewUrls | undefined {
    const [first] = list;
    if (list.length !== 1 || first?.kind !== 'urls') return undefined;
    if (!('entries' in first && 'strictPaths' in first)) return undefined;
    const { entries, strictPaths } = first;
    if (!Array.isArray(entries) || entries.length === 0 || entries.length > MAX_RULES) return undefined;
    if (typeof strictPaths !== 'boolean') return undefined;
    const isRule = (entry: unknown) =>
      typeof entry === 'string' && (urls.has(entry) || readUrlRule(entry) !== undefined);
    return entries.every(isRule) ? { entries, strictPaths } : undefined;
  }

  function textOf(list: readonly Scope[]): string {
    const known = scopeTexts.get(list);
    if (known !== undefined) return known;
    const text = list.join(' ');
    scopeTexts.set(list, text);
    return text;
  }

  /** Gives up what the record shares with others. */
  function release(slot: number): void {
    const flags = word(slot, FIELD.flags);
    scopes.release(word(slot, FIELD.scopes));
    if ((flags & FLAG.bad) !== 0) reasons.release(word(slot, FIELD.detail));
    else if ((flags & FLAG.compiled) !== 0) restrictions.release(word(slot, FIELD.detail));
    else
      for (let rule = ruleCount(flags) - 1; rule >= 0; rule--) urls.release(word(slot, FIELD.detail + rule));
  }

  /** Leaves digest, id, flags that say whether it is live, mark and generation. */
  function empty(slot: number, flags: number, revision: number): void {
    release(slot);
    put(slot, FIELD.flags, (word(slot, FIELD.flags) & FLAG.live) | flags);
    put(slot, FIELD.scopes, 0);
    for (let detail = FIELD.detail; detail < FIELD.generation; detail++) put(slot, detail, 0);
    put(slot, FIELD.expires, NEVER);
    put(slot, FIELD.expires + 1, NEVER);
    putLong(slot, FIELD.revision, revision);
    put(slot, FIELD.generation, word(slot, FIELD.generation) + 1);
  }

  function makeBroken(slot: number, revision: number, reason: string): void {
    empty(slot, FLAG.bad | UNTOLD_USAGE, revision);
    put(slot, FIELD.account, NO_ACCOUNT_NUMBER);
    put(slot, FIELD.detail, reasons.hold(reason));
  }

  function isSame(slot: number, other: number, from: number, length: number): boolean {
    for (let field = from; field < from + length; field++) {
      if (word(slot, field) !== word(other, field)) return false;
    }
    return true;
  }

  function restrictionsOf(words: Uint32Array, base: number, flags: number): CompiledRestrictions {
    if ((flags & (FLAG.compiled | FLAG.rules)) === 0) return NO_RESTRICTIONS;
    if ((flags & FLAG.compiled) !== 0) return restrictions.get(words[base + FIELD.detail] ?? 0);
    const rules = [urls.get(words[base + FIELD.detail] ?? 0)];
    for (let rule = 1; rule < ruleCount(flags); rule++) {
      rules.push(urls.get(words[base + FIELD.detail + rule] ?? 0));
    }
    return restrictToUrls(rules, (flags & FLAG.strictPaths) !== 0);
  }

  return {
    store,
    shared,
    writeToken(token) {
      const slot = write(token.id, token.digest, token.revision);
      put(slot, FIELD.account, accounts.numberOf(token.account));
      if (token.expires !== null) putLong(slot, FIELD.expires, token.expires);
      const suspended = token.status === 'suspended' ? FLAG.suspended : 0;
      const detail = putRestrictions(slot, token.restrictions);
      put(slot, FIELD.flags, flagOf(token.usage) | suspended | detail);
      put(slot, FIELD.scopes, scopes.hold(textOf(token.scopes)));
      return slot;
    },
    writeTombstone({ id, digest, revision }) {
      const slot = write(id, digest, revision);
      put(slot, FIELD.flags, FLAG.revoked | UNTOLD_USAGE);
      return slot;
    },
    writeBroken(id, digest, revision, reason) {
      const slot = write(id, digest, revision);
      makeBroken(slot, revision, reason);
      return slot;
    },
    makeTombstone(slot, revision) {
      empty(slot, FLAG.revoked | (word(slot, FIELD.flags) & FLAG.usage), revision);
    },
    makeBroken,
    setRevision: (slot, revision) => putLong(slot, FIELD.revision, revision),
    setFlag: (slot, flag) => put(slot, FIELD.flags, word(slot, FIELD.flags) | flag),
    clearFlag: (slot, flag) => put(slot, FIELD.flags, word(slot, FIELD.flags) & ~flag),
    setMark: (slot, mark) => put(slot, FIELD.mark, mark),
    move(from, to) {
      release(to);
      const generation = word(to, FIELD.generation) + 1;
      const source = segmentOf(segments, from);
      segmentOf(segments, to).set(source.subarray(baseOf(from), baseOf(from) + RECORD_WORDS), baseOf(to));
      put(to, FIELD.generation, generation);
      store.free(from);
    },
    free(slot) {
      release(slot);
      store.free(slot);
    },
    word,
    revisionOf: (slot) => long(slot, FIELD.revision),
    expiresOf: (slot) => readExpires(segmentOf(segments, slot), baseOf(slot)),
    idOf: (slot) =>
      formatId(
        word(slot, FIELD.id),
        word(slot, FIELD.id + 1),
        word(slot, FIELD.id + 2),
        word(slot, FIELD.id + 3),
      ),
    digestOf: (slot) => formatDigest(segmentOf(segments, slot), baseOf(slot) + FIELD.digest),
    readDigest(slot, into) {
      for (let at = 0; at < DIGEST_WORDS; at++) into[at] = word(slot, FIELD.digest + at);
    },
    readId(slot, into) {
      for (let at = 0; at < ID_WORDS; at++) into[at] = word(slot, FIELD.id + at);
    },
    hasSameId: (slot, other) => isSame(slot, other, FIELD.id, ID_WORDS),
    hasSameDigest: (slot, other) => isSame(slot, other, FIELD.digest, DIGEST_WORDS),
    saysTheSame(slot, other) {
      const [flags, others] = [word(slot, FIELD.flags) & ~FLAG.live, word(other, FIELD.flags) & ~FLAG.live];
      if (!isSame(slot, other, FIELD.digest, DIGEST_WORDS + ID_WORDS)) return false;
      if (!isSame(slot, other, FIELD.revision, 2)) return false;
      if ((flags & others & FLAG.revoked) !== 0) return true;
      return flags === others && isSame(slot, other, FIELD.account, FIELD.generation - FIELD.account);
    },
    view(slot) {
      const words = segmentOf(segments, slot);
      const base = baseOf(slot);
      const flags = words[base + FIELD.flags] ?? 0;
      const account = words[base + FIELD.account] ?? 0;
      const scopeList = words[base + FIELD.scopes] ?? 0;
      const isBad = (flags & FLAG.bad) !== 0;
      return new PackedRecord(
        slot,
        words,
        base,
        isBad ? reasons.get(words[base + FIELD.detail] ?? 0) : undefined,
        (flags & FLAG.suspended) === 0 ? accounts.stateOf(account) : accounts.suspendedOf(account),
        scopeList === 0 ? NO_SCOPES : scopes.get(scopeList),
        isBad ? NO_RESTRICTIONS : restrictionsOf(words, base, flags),
      );
    },
  };
}

function ruleCount(flags: number): number {
  return (flags & FLAG.rules) >> FLAG.rulesShift;
}

function readRule(entry: string): UrlRule {
  const rule = readUrlRule(entry);
  if (rule === undefined) throw new TypeError('an interned URL entry does not read');
  return rule;
}
