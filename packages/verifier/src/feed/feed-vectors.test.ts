import type { TokenRecord } from '@latchkey/core';
import { parseRecord } from '@latchkey/wire/feed';
import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/feed.json' with { type: 'json' };
import { createReplica } from '../replica/replica.ts';
import { createFollower } from './follower.ts';
import { createFreshness } from './freshness.ts';
import { createRejections } from './rejections.ts';
import { helloOf, pairsOf } from './testing/history.ts';
import { drain } from './testing/rough-network.ts';

const EPOCH = 'e1';

describe('conformance/feed.json: histories', () => {
  test.each(vectors.histories)('$name', ({ snapshot, changes, expect: expected }) => {
    const replica = createReplica();
    const rejections = createRejections();
    const follower = createFollower({ replica, freshness: createFreshness(() => 0), rejections });
    const stage = replica.stage();
    for (const record of snapshot.records) stage.take(parseRecord(record));
    const { revision, records } = { revision: snapshot.revision, records: snapshot.records.length };
    drain(follower.adopt(stage, { cursor: `${revision}`, epoch: EPOCH, revision, records, sha256: '' }));
    const rejectedBefore = rejections.count;
    follower.open();
    follower.take(event('hello', helloOf({ epoch: EPOCH, changes: [] }, false)));

    let isStopped = false;
    for (const change of changes) {
      if (isStopped) break;
      const data = JSON.stringify({ at: 1, ...change });
      isStopped = follower.take(event('change', data, `${change.revision}`)).do === 'resync';
    }
    expect({
      revision: Number(follower.cursor()),
      resync: isStopped,
      rejected: rejections.count - rejectedBefore,
      tokens: Object.fromEntries(
        Object.keys(expected.tokens).map((digest) => [digest, becameOf(replica.find(pairsOf(digest)))]),
      ),
    }).toEqual(expected);
  });
});

function event(name: string, data: string, id?: string) {
  return { event: name, data, id, tooLong: false };
}

function becameOf(record: TokenRecord | undefined): string {
  if (record === undefined) return 'unknown';
  if (record.bad !== undefined) return 'bad';
  if (record.revoked) return 'revoked';
  if (record.account.suspended) return 'suspended';
  return record.restrictions.unsupported === undefined ? 'active' : 'unsupported';
}
