import type { TokenId, TokenUsage } from '@latchkey/core';
import { parseAccountName } from '@latchkey/core';
import { asCount } from './json-fields.ts';
import { isTime, readRestrictions, readScopes } from './parse-record.ts';
import type { FeedToken } from './record.ts';
import type { SnapshotLine } from './snapshot.ts';
import { parseSnapshotLine } from './snapshot.ts';

/** Lists that are remembered: an installation has a few dozen of scopes, and an account a few of restrictions. */
const LISTS = 4096;
const ID = 'c[a-z0-9]{24}';
const NUMBER = '0|[1-9][0-9]{0,15}';
/**
 * A whole token, letter by letter as `formatRecord` writes it: nothing but the names of accounts, scopes and restrictions is left to be
 * looked at. One expression, because a look at each field for itself takes longer; without names, because each match would make an object of them.
 */
const PLAIN_TOKEN = new RegExp(
  [
    `^\\{"id":"(${ID})"`,
    '"digest":"([A-Za-z0-9_-]{43})"',
    '"account":"([a-z0-9-]+)"',
    '"usage":"(pk|sk|tk)"',
    '"status":"(active|suspended)"',
    '"scopes":(\\[[^\\]]*\\])',
    // Up to the last place that fits: what a restriction holds may look like what comes after it.
    '"restrictions":(\\[.*\\])',
    `"expires":(null|${NUMBER})`,
    `"parent":(?:null|"(${ID})")`,
    `"revision":(${NUMBER})\\}$`,
  ].join(','),
);
const NONE: FeedToken['restrictions'] = Object.freeze([]);

/**
 * Makes a function that reads every line as {@link parseSnapshotLine} does, and those that `formatRecord` wrote of tokens several
 * times faster: a snapshot has a million of them. What such a line yields may hold on to the text that the line was cut from.
 */
export function createSnapshotParser(): (text: string) => SnapshotLine {
  const scopesOf = createMemory(readScopes);
  const restrictionsOf = createMemory(readRestrictions);

  function readPlainToken(text: string): FeedToken | undefined {
    const fields = PLAIN_TOKEN.exec(text);
    if (fields === null) return undefined;
    const account = parseAccountName(fields[3] ?? '');
    const scopes = scopesOf(fields[6] ?? '');
    const restrictions = fields[7] === '[]' ? NONE : restrictionsOf(fields[7] ?? '');
    const expires = fields[8] === 'null' ? null : asCount(Number(fields[8]));
    const revision = asCount(Number(fields[10]));
    if (account === undefined || scopes === undefined || restrictions === undefined) return undefined;
    if (expires === undefined || (expires !== null && !isTime(expires)) || revision === undefined)
      return undefined;
    return {
      // The expression lets nothing else pass.
      id: fields[1] as TokenId,
      digest: fields[2] ?? '',
      account,
      usage: fields[4] as TokenUsage,
      status: fields[5] as FeedToken['status'],
      scopes,
      restrictions,
      expires,
      parent: (fields[9] as TokenId | undefined) ?? null,
      revision,
    };
  }

  return (text) => {
    const token = readPlainToken(text);
    return token === undefined
      ? parseSnapshotLine(text)
      : { kind: 'record', record: { ok: true, record: token } };
  };
}

/** Reads lists from JSON, and the same text once as long as it is remembered. */
function createMemory<List>(read: (value: unknown) => List | undefined): (json: string) => List | undefined {
  const lists = new Map<string, List>();
  return (json) => {
    const known = lists.get(json);
    if (known !== undefined) return known;
    const list = read(parseJson(json));
    if (list === undefined) return undefined;
    if (lists.size >= LISTS) lists.clear();
    // A text of its own: the other one may be a piece of one that is a thousand times as long.
    lists.set(JSON.stringify(list), list);
    return list;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
