import { createHash } from 'node:crypto';
import type { FeedRecord, StalenessBounds } from '@latchkey/wire/feed';
import {
  formatChange,
  formatCursor,
  formatHeartbeat,
  formatHello,
  formatRecord,
  parseRecord,
} from '@latchkey/wire/feed';

/** One step in the life of a small installation: tokens are numbered, accounts too. */
export type Step =
  | { readonly do: 'put'; readonly token: number; readonly scopes: readonly string[] }
  | { readonly do: 'revoke'; readonly token: number }
  | { readonly do: 'suspend' | 'resume'; readonly account: number };

export const STALENESS: StalenessBounds = { secret: 900, temporary: 900, public: 3600 };
const ACCOUNTS = 2;

export function idOf(token: number): string {
  return `c${String(token).padStart(24, '0')}`;
}

/** A token's text, well formed. */
export function textOf(token: number): string {
  const payload = JSON.stringify({ u: accountOf(token), a: idOf(token) });
  const signature = createHash('md5').update(`${token}`).digest('base64url');
  return `sk.${Buffer.from(payload).toString('base64url')}.${signature}`;
}

export function digestOf(token: number): string {
  return createHash('sha256').update(textOf(token)).digest('base64url');
}

/** A digest as a replica is asked for it: two bytes in each character. */
export function pairsOf(digest: string): string {
  return Buffer.from(digest, 'base64url').toString('utf16le');
}

export function accountOf(token: number): string {
  return accountName(token % ACCOUNTS);
}

export function accountName(account: number): string {
  return `account-${account}`;
}

export interface Change {
  readonly revision: number;
  readonly cursor: string;
  readonly record: FeedRecord;
}

/** What a server keeps: all changes of one epoch, in order. A step that a server would refuse makes no change. */
export interface History {
  readonly epoch: string;
  readonly changes: readonly Change[];
}

/** Goes on from `former`, whose first `kept` changes it shares: with another epoch, as a restored backup would. */
export function makeHistory(
  epoch: string,
  steps: readonly Step[],
  former?: { readonly history: History; readonly kept: number },
): History {
  const kept = former === undefined ? [] : former.history.changes.slice(0, former.kept);
  const changes: Change[] = kept.map(({ revision, record }) => place(epoch, revision, record));
  const revoked = new Set<string>();
  for (const { record } of changes) {
    if (!('kind' in record) && record.status === 'revoked') revoked.add(record.id);
  }
  const known = new Set(changes.map(({ record }) => ('kind' in record ? record.account : record.id)));
  for (const step of steps) {
    const record = recordOf(step, changes.length + 1);
    if (!('kind' in record)) {
      if (revoked.has(record.id)) continue;
      if (record.status === 'revoked') {
        if (!known.has(record.id)) continue;
        revoked.add(record.id);
      }
      known.add(record.id);
    }
    changes.push(place(epoch, changes.length + 1, record));
  }
  return { epoch, changes };
}

/** The state after the first `revision` changes: the last record of each token, and the suspended accounts. */
export function stateAt({ changes }: History, revision: number): readonly FeedRecord[] {
  const last = new Map<string, FeedRecord>();
  for (const { record } of changes.slice(0, revision)) {
    last.set('kind' in record ? record.account : record.id, record);
  }
  return [...last.values()].filter((record) => !('kind' in record) || record.status === 'suspended');
}

export function cursorAt({ epoch, changes }: History, revision: number): string {
  return changes[revision - 1]?.cursor ?? formatCursor({ epoch, revision: 0, chain: '0'.repeat(16) });
}

export function helloOf(history: History, resync: boolean, staleness = STALENESS): string {
  return formatHello({
    verifier: idOf(99),
    connection: 'connection',
    epoch: history.epoch,
    head: cursorAt(history, history.changes.length),
    resync,
    staleness,
    serverTime: 1,
    minVersion: '0.1.0',
  });
}

export function heartbeatOf(history: History): string {
  return formatHeartbeat({ head: cursorAt(history, history.changes.length), serverTime: 1 });
}

export function changeData({ revision, record }: Change): string {
  return formatChange({ revision, at: revision, recordJson: formatRecord(record) });
}

function place(epoch: string, revision: number, record: FeedRecord): Change {
  const chain = createHash('sha256')
    .update(`${revision} ${formatRecord(record)}`)
    .digest('hex')
    .slice(0, 16);
  return { revision, cursor: formatCursor({ epoch, revision, chain }), record };
}

function recordOf(step: Step, revision: number): FeedRecord {
  const parsed = parseRecord(jsonOf(step, revision));
  if (!parsed.ok) throw new TypeError(`the generator made a broken record: ${parsed.reason}`);
  return parsed.record;
}

function jsonOf(step: Step, revision: number): object {
  if ('account' in step) {
    const status = step.do === 'suspend' ? 'suspended' : 'active';
    return { kind: 'account', account: accountName(step.account % ACCOUNTS), status, revision };
  }
  const named = { id: idOf(step.token), digest: digestOf(step.token), revision };
  if (step.do === 'revoke') return { ...named, status: 'revoked' };
  return {
    ...named,
    account: accountOf(step.token),
    usage: 'sk',
    status: 'active',
    scopes: step.scopes,
    restrictions: [],
    expires: null,
    parent: null,
  };
}
