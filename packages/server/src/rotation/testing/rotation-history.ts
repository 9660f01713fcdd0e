import { parseTokenId } from '@latchkey/core';
import { parseRecord } from '@latchkey/wire/feed';
import type { AuditRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

/** What came of the rotations that a store tells of. */
export interface RotationHistory {
  /** A sentence for each moment at which a token had two successors, neither token of a rotation worked, or one came back. */
  readonly faults: readonly string[];
  readonly begun: number;
  /** By the scheduler. */
  readonly retired: number;
  readonly undone: number;
}

/** Goes through the whole audit log in the order of commits, the feed, and the rows as they are now. */
export async function readRotationHistory(store: Store): Promise<RotationHistory> {
  const feed = await readFeed(store);
  const faults = feed.revived.map((id) => `${id} was live again after its end`);
  const live = new Set<string>();
  /** Successors by old token, and the other way round. */
  const underway = new Map<string, string>();
  const predecessors = new Map<string, string>();
  const counts = { begun: 0, retired: 0, undone: 0 };

  const bind = (old: string, successor: string | undefined) => {
    predecessors.delete(underway.get(old) ?? '');
    underway.delete(old);
    if (successor === undefined) return;
    underway.set(old, successor);
    predecessors.set(successor, old);
  };
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };

  for (const { action, subject, before, after, actor } of await wholeAudit(store)) {
    const successor = String(after?.successor ?? before?.successor);
    switch (action) {
      case 'token.create':
        live.add(subject);
        break;
      case 'token.revoke':
        live.delete(subject);
        break;
      case 'rotation.begin':
        counts.begun += 1;
        check(!underway.has(subject), `${subject} got a second successor`);
        check(!predecessors.has(subject), `${subject} was rotated while it was a successor`);
        check(live.has(subject), `${subject} was rotated after its end`);
        check(live.has(successor), `the successor ${successor} never worked`);
        bind(subject, successor);
        break;
      case 'rotation.change':
        check(live.has(subject) && live.has(successor), `a token of the rotation of ${subject} did not work`);
        bind(subject, successor);
        break;
      case 'rotation.end':
        if (actor.kind === 'system') counts.retired += 1;
        check(!live.has(subject), `${subject} goes on although it was retired`);
        check(live.has(successor), `${subject} was retired while ${successor} did not work`);
        check(
          (feed.births.get(successor) ?? Number.POSITIVE_INFINITY) < (feed.ends.get(subject) ?? 0),
          `verifiers heard of the end of ${subject} before they heard of ${successor}`,
        );
        bind(subject, undefined);
        break;
      case 'rotation.undo':
        counts.undone += 1;
        check(live.has(subject), `the rotation of ${subject} was undone while it did not work`);
        bind(subject, undefined);
        break;
      default:
    }
  }
  for (const [old, successor] of underway) {
    const states = await Promise.all([old, successor].map((id) => statusOf(store, id)));
    check(
      states.join() === 'active,active',
      `the rotation of ${old} goes on between ${states.join(' and ')}`,
    );
  }
  return { faults, ...counts };
}

async function statusOf(store: Store, text: string): Promise<string | undefined> {
  const id = parseTokenId(text);
  return id && (await store.token(id))?.status;
}

async function wholeAudit(store: Store): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  for (let before: number | null = null; ; ) {
    const page = await store.auditRows({ account: null, subject: null, action: null, before, limit: 5000 });
    rows.push(...page);
    before = page.at(-1)?.sequence ?? null;
    if (before === null) return rows.reverse();
  }
}

/** The revisions at which tokens began and ended for verifiers, and those that were live after their end. */
async function readFeed(store: Store) {
  const births = new Map<string, number>();
  const ends = new Map<string, number>();
  const revived: string[] = [];
  for (let after = 0; ; ) {
    const rows = await store.changesAfter(after, 5000);
    for (const { record, revision } of rows) {
      const parsed = parseRecord(JSON.parse(record));
      if (!parsed.ok || 'kind' in parsed.record) continue;
      const { id, status } = parsed.record;
      if (status === 'revoked') ends.set(id, revision);
      else if (ends.has(id)) revived.push(id);
      else if (!births.has(id)) births.set(id, revision);
    }
    const last = rows.at(-1);
    if (last === undefined) return { births, ends, revived };
    after = last.revision;
  }
}
