import type { BoundedToken } from '@latchkey/wire/feed';
import { parseRecord } from '@latchkey/wire/feed';
import type { AlarmRow, ChangeRow, Head } from '../store/rows.ts';
import type { EpochStore, FeedStore, TokenStore } from '../store/store.ts';
import { pendingOf, type Receipt, type ReceiptChange, receiptOf } from './receipt.ts';
import type { SeenVerifier, VerifierRegistry } from './verifier-registry.ts';

export interface Receipts {
  /** Undefined: there is no such revision. Rejects with the store's error. */
  of(revision: number): Promise<Receipt | undefined>;
  /** Waits until the receipt is complete or the time is over; answers how many verifiers were pending by then. */
  wait(revision: number, timeoutMs: number): Promise<{ readonly pending: number }>;
  /** Every verifier with its state at the newest revision, and the alarms, newest first. */
  overview(): Promise<Overview>;
}

export interface Overview {
  readonly head: Head;
  readonly verifiers: readonly {
    readonly seen: SeenVerifier;
    readonly receipt: Receipt['verifiers'][number];
  }[];
  readonly alarms: readonly AlarmRow[];
}

/** A token of each class, with nothing that would shorten its bound. */
const EVERY_TOKEN: readonly BoundedToken[] = [
  { usage: 'sk', scopes: [] },
  { usage: 'tk', scopes: [] },
  { usage: 'pk', scopes: [] },
];
/** Other servers write what their verifiers applied; so often it is looked at. */
const LOOK_EVERY_MS = 250;
/** How far back the changes of one commit are looked for. */
const COMMIT_LIMIT = 500;
const SHOWN_ALARMS = 10;

export function createReceipts(deps: {
  readonly store: Pick<
    FeedStore & TokenStore & EpochStore,
    'head' | 'changesAfter' | 'lastingGrant' | 'alarms'
  >;
  readonly registry: VerifierRegistry;
  /** Unix milliseconds. */
  readonly now: () => number;
}): Receipts {
  const { store, registry, now } = deps;

  /** The change, and whose bounds count for it: those of every token that its commit changed. */
  async function changeAt(revision: number): Promise<ReceiptChange | undefined> {
    const rows = await store.changesAfter(Math.max(0, revision - COMMIT_LIMIT), COMMIT_LIMIT);
    const row = rows.find((one) => one.revision === revision);
    if (row === undefined) return undefined;
    const { at } = row;
    const together = rows.filter((one) => one.revision <= revision && one.at === at);
    const tokens = together.length === COMMIT_LIMIT ? EVERY_TOKEN : await touchedBy(together, store);
    return { revision, at, tokens };
  }

  async function receipt(change: ReceiptChange): Promise<Receipt> {
    const [{ epoch }, verifiers] = await Promise.all([store.head(), registry.all()]);
    return receiptOf(change, verifiers, { epoch, now: now() });
  }

  return {
    async of(revision) {
      const change = await changeAt(revision);
      return change && receipt(change);
    },

    async wait(revision, timeoutMs) {
      const end = performance.now() + timeoutMs;
      const left = () => end - performance.now();
      const change = await changeAt(revision);
      if (change === undefined) return { pending: 0 };
      for (;;) {
        while (registry.isAwaiting(revision) && left() > 0 && !registry.hasEndedWaits()) {
          await registry.news(Math.min(left(), LOOK_EVERY_MS));
        }
        const pending = pendingOf(await receipt(change));
        if (pending === 0 || left() <= 0 || registry.hasEndedWaits()) return { pending };
        await registry.news(Math.min(left(), LOOK_EVERY_MS));
      }
    },

    async overview() {
      const [head, seen, alarms] = await Promise.all([
        store.head(),
        registry.all(),
        store.alarms(SHOWN_ALARMS),
      ]);
      const { revision } = head;
      const place = { epoch: head.epoch, now: now() };
      const verifiers = seen.map((one) => {
        const { verifiers: told } = receiptOf({ revision, at: 0, tokens: EVERY_TOKEN }, [one], place);
        const [first] = told;
        if (first === undefined) throw new Error('a receipt leaves a verifier out');
        return { seen: one, receipt: first };
      });
      return { head, verifiers, alarms };
    },
  };
}

async function touchedBy(
  changes: readonly ChangeRow[],
  store: Pick<TokenStore, 'lastingGrant'>,
): Promise<readonly BoundedToken[]> {
  const touched = new Map<string, BoundedToken>();
  for (const { record } of changes) {
    const parsed = parseRecord(JSON.parse(record));
    // The whole account.
    if (!parsed.ok || 'kind' in parsed.record) return EVERY_TOKEN;
    const { id } = parsed.record;
    // A forgotten token was a temporary one.
    touched.set(id, (await store.lastingGrant(id)) ?? { usage: 'tk', scopes: [] });
  }
  return [...touched.values()];
}
