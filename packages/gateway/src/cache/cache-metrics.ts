import type { Metric } from '@latchkey/verifier/metrics';
import type { CacheCounts } from './response-cache.ts';

/** What a response cache counts, for a monitoring system. */
export function cacheMetrics(counts: CacheCounts): readonly Metric[] {
  const { hits, misses, stale, bypassed, collapsed, evicted, answers, bytes } = counts;
  const outcomes = { hit: hits, miss: misses, stale, bypass: bypassed };
  return [
    {
      kind: 'counter',
      name: 'latchkey_cache_requests_total',
      help: 'Requests by what the response cache did: answered (hit), asked the API (miss, or stale), or passed by.',
      samples: Object.entries(outcomes).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      kind: 'counter',
      name: 'latchkey_cache_collapsed_total',
      help: 'Hits that had waited for the answer to another request.',
      samples: [{ value: collapsed }],
    },
    {
      kind: 'counter',
      name: 'latchkey_cache_evicted_total',
      help: 'Answers that made room for others.',
      samples: [{ value: evicted }],
    },
    {
      kind: 'gauge',
      name: 'latchkey_cache_answers',
      help: 'Answers that are stored.',
      samples: [{ value: answers }],
    },
    {
      kind: 'gauge',
      name: 'latchkey_cache_bytes',
      help: 'What stored answers take, and those on their way.',
      samples: [{ value: bytes }],
    },
  ];
}
