import type { Scope } from '@latchkey/core';
import { parseAccountName, parseTokenId } from '@latchkey/core';
import { asCount } from './json-fields.ts';
import { isTime, parseDigest, readRestrictions, readScopes } from './parse-record.ts';
import type { FeedToken } from './record.ts';
import type { SnapshotLine } from './snapshot.ts';
import { parseSnapshotLine } from './snapshot.ts';

/** Lists of scopes that are remembered; an installation has a few dozen. */
const LISTS = 4096;
const ID = '{"id":"';
const DIGEST = '","digest":"';
const ACCOUNT = '","account":"';
const USAGE = '","usage":"';
const STATUS = '","status":"';
const SCOPES = '","scopes":';
const RESTRICTIONS = ',"restrictions":';
const EXPIRES = ',"expires":';
const PARENT = ',"parent":';
const REVISION = ',"revision":';
const PLAIN_NUMBER = /^(?:0|[1-9][0-9]{0,15})$/;
const ID_LENGTH = 25;
const DIGEST_LENGTH = 43;
const USAGE_LENGTH = 2;

/**
 * Makes a function that reads every line as {@link parseSnapshotLine} does, and those that `formatRecord` wrote of tokens several
 * times faster: a snapshot has a million of them. What such a line yields may hold on to the text that the line was cut from.
 */
export function createSnapshotParser(): (text: string) => SnapshotLine {
  const lists = new Map<string, readonly Scope[]>();

  function scopesOf(json: string): readonly Scope[] | undefined {
    const known = lists.get(json);
    if (known !== undefined) return known;
    const scopes = readScopes(parseJson(json));
    if (scopes !== undefined && lists.size < LISTS) lists.set(JSON.stringify(scopes), scopes);
    return scopes;
  }

  return (text) => {
    const token = readPlainToken(text, scopesOf);
    return token === undefined
      ? parseSnapshotLine(text)
      : { kind: 'record', record: { ok: true, record: token } };
  };
}

/** Undefined where the line is anything but a whole token, letter by letter as `formatRecord` writes it. */
function readPlainToken(
  text: string,
  scopesOf: (json: string) => readonly Scope[] | undefined,
): FeedToken | undefined {
  const digestAt = ID.length + ID_LENGTH + DIGEST.length;
  const accountAt = digestAt + DIGEST_LENGTH + ACCOUNT.length;
  if (!text.startsWith(ID) || !text.startsWith(DIGEST, digestAt - DIGEST.length)) return undefined;
  if (!text.startsWith(ACCOUNT, accountAt - ACCOUNT.length)) return undefined;
  const accountEnd = text.indexOf('"', accountAt);
  const usageAt = accountEnd + USAGE.length;
  const statusAt = usageAt + USAGE_LENGTH + STATUS.length;
  if (!text.startsWith(USAGE, accountEnd) || !text.startsWith(STATUS, usageAt + USAGE_LENGTH))
    return undefined;
  const status = text.startsWith('active"', statusAt) ? 'active' : 'suspended';
  const statusEnd = statusAt + status.length;
  if (status === 'suspended' && !text.startsWith('suspended"', statusAt)) return undefined;
  if (!text.startsWith(SCOPES, statusEnd)) return undefined;
  const scopesAt = statusEnd + SCOPES.length;
  const restrictionsAt = text.indexOf(RESTRICTIONS, scopesAt);
  // The last ones: whatever a restriction holds, and strings cannot hold a bare quotation mark.
  const expiresAt = text.lastIndexOf(EXPIRES);
  const parentAt = text.lastIndexOf(PARENT);
  const revisionAt = text.lastIndexOf(REVISION);
  if (restrictionsAt < 0 || expiresAt < restrictionsAt || parentAt < expiresAt || revisionAt < parentAt) {
    return undefined;
  }
  const usage = text.slice(usageAt, usageAt + USAGE_LENGTH);
  const id = parseTokenId(text.slice(ID.length, ID.length + ID_LENGTH));
  const digest = parseDigest(text.slice(digestAt, digestAt + DIGEST_LENGTH));
  const account = parseAccountName(text.slice(accountAt, accountEnd));
  const scopes = scopesOf(text.slice(scopesAt, restrictionsAt));
  const restrictions = readList(text.slice(restrictionsAt + RESTRICTIONS.length, expiresAt));
  const expires = readNumberOrNull(text.slice(expiresAt + EXPIRES.length, parentAt));
  const parent = readIdOrNull(text.slice(parentAt + PARENT.length, revisionAt));
  const revision = readNumber(text.slice(revisionAt + REVISION.length, -1));
  if (usage !== 'pk' && usage !== 'sk' && usage !== 'tk') return undefined;
  if (id === undefined || digest === undefined || account === undefined || scopes === undefined)
    return undefined;
  if (restrictions === undefined || expires === undefined || parent === undefined) return undefined;
  if (revision === undefined || !text.endsWith('}') || (expires !== null && !isTime(expires)))
    return undefined;
  return { id, digest, account, usage, status, scopes, restrictions, expires, parent, revision };
}

function readList(json: string): FeedToken['restrictions'] | undefined {
  return json === '[]' ? NO_RESTRICTIONS : readRestrictions(parseJson(json));
}

const NO_RESTRICTIONS: FeedToken['restrictions'] = Object.freeze([]);

function readNumberOrNull(json: string): number | null | undefined {
  return json === 'null' ? null : readNumber(json);
}

/** A whole number as it is written without sign, zeros before it, fraction and exponent. */
function readNumber(json: string): number | undefined {
  return PLAIN_NUMBER.test(json) ? asCount(Number(json)) : undefined;
}

function readIdOrNull(json: string): FeedToken['parent'] | undefined {
  if (json === 'null') return null;
  return json.startsWith('"') && json.endsWith('"') ? parseTokenId(json.slice(1, -1)) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
