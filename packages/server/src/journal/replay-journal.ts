import type { FeedLog } from '../feed/feed-log.ts';
import { startNewEpoch } from '../feed/start-new-epoch.ts';
import type { TokenRow, Tombstone } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from '../tokens/deps.ts';
import { revokeAgain } from '../tokens/revoke-again.ts';
import type { RevocationJournal } from './revocation-journal.ts';

const STEP = 1000;

/**
 * Brings database and journal together before anybody is served: what the journal knows to be revoked is revoked again,
 * with an alarm and a new epoch, and what only the database knows is written down. Rejects with the error of either.
 */
export async function replayJournal(
  deps: Pick<Deps, 'randomBytes' | 'hash' | 'now' | 'catalogue'> & {
    readonly store: Pick<Store, 'change' | 'head' | 'startEpoch' | 'revivedAmong' | 'tombstones'>;
    readonly log: Pick<FeedLog, 'error' | 'warn'>;
  },
  journal: RevocationJournal,
): Promise<void> {
  const { store, log } = deps;
  const known = new Set<string>();
  const revived: TokenRow[] = [];
  let damaged = 0;
  let step: Tombstone[] = [];

  async function take(): Promise<void> {
    const living = await store.revivedAmong(step);
    step = [];
    if (living.length === 0) return;
    const witness = { witness: 'revocation journal', requestId: 'start' };
    revived.push(...(await revokeAgain(deps, living, witness)));
  }

  for await (const tombstone of journal.entries(() => damaged++)) {
    known.add(tombstone.id);
    step.push(tombstone);
    if (step.length >= STEP) await take();
  }
  await take();
  await writeMissing(store, journal, known);

  if (damaged > 0) log.warn({ lines: damaged }, 'the revocation journal has lines that cannot be read');
  if (revived.length === 0) return;
  for (const { id, account } of revived) {
    log.error({ token: id, account }, 'a revoked token had come back: revoked again');
  }
  const { epoch } = await store.head();
  await startNewEpoch(deps, { reason: 'journal', revived: revived.length, instead: epoch });
}

async function writeMissing(
  store: Pick<Store, 'tombstones'>,
  journal: RevocationJournal,
  known: ReadonlySet<string>,
): Promise<void> {
  let after = '';
  for (;;) {
    const found = await store.tombstones({ after, limit: STEP });
    await journal.record(found.filter(({ id }) => !known.has(id)));
    const last = found.at(-1);
    if (last === undefined || found.length < STEP) return;
    after = last.id;
  }
}
