import type { ChangedGrant } from '@latchkey/verifier';
import type { Metric } from '@latchkey/verifier/metrics';
import type { GatewayLog } from '../gateway-log.ts';
import { accountKey, tokenKey } from '../outward/surrogate-key.ts';
import type { PurgeHook } from './purge-hook.ts';
import { createPurger, type PurgeCounts, type Purger } from './purger.ts';

/** The purge calls of a gateway, by hooks that may be replaced. */
export interface Purging {
  /** Has caches further out forget the answers to a token, or to all tokens of an account. */
  onChanged(changed: ChangedGrant): void;
  /** What waits for the former hooks is tried once more. */
  replace(hooks: readonly PurgeHook[]): void;
  metrics(): readonly Metric[];
  close(): Promise<void>;
}

const NOTHING: PurgeCounts = { done: 0, failed: 0, dropped: 0, waiting: 0 };

export function startPurging(hooks: readonly PurgeHook[], log: GatewayLog): Purging {
  let purger = begin(hooks);
  let former = NOTHING;
  const closing = new Set<Promise<void>>();

  function begin(list: readonly PurgeHook[]): Purger {
    return createPurger({
      hooks: list,
      onProblem: (hook, problem) => {
        if (problem === undefined) log.info({ hook }, 'purge calls work again');
        else log.warn({ hook, problem }, 'purge call failed');
      },
    });
  }

  function end(ended: Purger): void {
    const closed = ended.close().then(() => {
      former = sum(former, ended.counts());
      closing.delete(closed);
    });
    closing.add(closed);
  }

  return {
    onChanged(changed) {
      purger.purge('token' in changed ? tokenKey(changed.token) : accountKey(changed.account));
    },
    replace(list) {
      end(purger);
      purger = begin(list);
    },
    metrics() {
      const { done, failed, dropped, waiting } = sum(former, purger.counts());
      return [
        {
          kind: 'counter',
          name: 'latchkey_purge_calls_total',
          help: 'Calls that make caches further out forget a token: done, given up, or thrown away as too many waited.',
          samples: Object.entries({ done, failed, dropped }).map(([outcome, value]) => ({
            labels: { outcome },
            value,
          })),
        },
        {
          kind: 'gauge',
          name: 'latchkey_purge_calls_waiting',
          help: 'Purge calls that are not done yet.',
          samples: [{ value: waiting }],
        },
      ];
    },
    async close() {
      end(purger);
      await Promise.all(closing);
    },
  };
}

function sum(one: PurgeCounts, other: PurgeCounts): PurgeCounts {
  return {
    done: one.done + other.done,
    failed: one.failed + other.failed,
    dropped: one.dropped + other.dropped,
    waiting: one.waiting + other.waiting,
  };
}
