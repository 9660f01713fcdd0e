import { parseRecord } from '@latchkey/wire/feed';
import { expect, test } from 'vitest';
import { accountOf, digestOf, idOf } from '../feed/testing/history.ts';
import { drain } from '../feed/testing/rough-network.ts';
import type { ChangedGrant } from './changed-grant.ts';
import { createReplica } from './replica.ts';

function tokenRecord(token: number, over: object = {}) {
  return {
    id: idOf(token),
    digest: digestOf(token),
    account: accountOf(token),
    usage: 'pk',
    status: 'active',
    scopes: ['styles:read'],
    restrictions: [],
    expires: null,
    parent: null,
    revision: 1,
    ...over,
  };
}
const tombstone = (token: number, revision: number) => ({
  id: idOf(token),
  digest: digestOf(token),
  status: 'revoked',
  revision,
});
const account = (token: number, status: string, revision: number) => ({
  kind: 'account',
  account: accountOf(token),
  status,
  revision,
});

/** A replica with three tokens, and what it tells from then on. */
function setUp() {
  const told: ChangedGrant[] = [];
  const replica = createReplica((changed) => told.push(changed));
  const load = (records: readonly object[], revision: number, epoch = 'e1') => {
    const stage = replica.stage();
    for (const record of records) stage.take(parseRecord(record));
    drain(stage.adopt({ cursor: 'c', epoch, revision, records: records.length, sha256: '' }));
  };
  load(
    [0, 1, 2].map((token) => tokenRecord(token)),
    1,
  );
  const take = (record: object, revision: number) => replica.take(parseRecord(record), revision);
  return { told, load, take, replica };
}

test('a first snapshot and new tokens are told to nobody', () => {
  const { told, take } = setUp();
  take(tokenRecord(3, { revision: 2 }), 2);
  take(tombstone(4, 3), 3);
  take(account(3, 'active', 4), 4);
  expect(told).toEqual([]);
});

test('a revoked, a changed and an unreadable token and a suspended account are told, each once', () => {
  const { told, take } = setUp();
  take(tombstone(0, 2), 2);
  take(tombstone(0, 3), 3);
  take(tokenRecord(1, { scopes: ['fonts:read'], revision: 4 }), 4);
  take(tokenRecord(2, { scopes: 7, revision: 5 }), 5);
  take(account(1, 'suspended', 6), 6);
  expect(told).toEqual([
    { token: idOf(0) },
    { token: idOf(1) },
    { token: idOf(2) },
    { account: accountOf(1) },
  ]);
});

test('what an old change says again is not told', () => {
  const { told, take } = setUp();
  take(tokenRecord(1, { revision: 3 }), 3);
  take(tokenRecord(1, { revision: 2 }), 2);
  expect(told).toEqual([{ token: idOf(1) }]);
});

test('a snapshot tells what is revoked, changed, gone or suspended by it, and not what it confirms', () => {
  const { told, load } = setUp();
  const records = [tombstone(0, 2), tokenRecord(1), account(1, 'suspended', 3)];
  load(records, 3);
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([{ token: idOf(0) }, { token: idOf(2) }, { account: accountOf(1) }]),
  );
  load(records, 4);
  expect(told).toHaveLength(3);
});

test('a token that merely expired is not told when it is swept', () => {
  const { told, take, replica } = setUp();
  take(tokenRecord(3, { usage: 'tk', expires: 1, revision: 2 }), 2);
  replica.sweepExpired(Date.now());
  expect(replica.size).toBe(3);
  expect(told).toEqual([]);
});
