import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAck, parseAckAnswer } from './ack.ts';
import { formatChange, formatHello } from './event.ts';
import { parseBye, parseChange, parseHeartbeat, parseHello } from './parse-event.ts';
import { formatSnapshotEnd, parseSnapshotLine } from './snapshot.ts';

const staleness = { secret: 900, temporary: 900, public: 3600 };
const hello = {
  verifier: 'c0123456789abcdefghijklmn',
  connection: 'k3',
  epoch: 'e1',
  head: 'e1.4.0123456789abcdef',
  resync: false,
  staleness,
  serverTime: 1_700_000_000_000,
  minVersion: '0.1.0',
};
const ack = { connection: 'k3', applied: hello.head, rejected: [], sent: 1 };

describe('reading events', () => {
  test('a hello is read back, unknown fields ignored', () => {
    expect(parseHello(formatHello(hello))).toEqual(hello);
    expect(parseHello(JSON.stringify({ ...hello, colour: 'red' }))).toEqual(hello);
  });

  test.each(Object.keys(hello))('a hello without a right %s is none', (field) => {
    const { [field]: _, ...without } = hello as Record<string, unknown>;
    for (const broken of [without, { ...hello, [field]: null }, { ...hello, [field]: [] }]) {
      expect(parseHello(JSON.stringify(broken))).toBeUndefined();
    }
  });

  test('a change around a broken record tells its revision', () => {
    expect(parseChange(formatChange({ revision: 4, at: 5, recordJson: '{"status":1}' }))).toMatchObject({
      revision: 4,
      at: 5,
      record: { ok: false },
    });
    expect(parseChange('{"revision"')).toMatchObject({ revision: undefined, record: { ok: false } });
  });

  test('heartbeats and byes want sane numbers', () => {
    expect(parseHeartbeat(`{"head":"a.1.b","serverTime":2}`)).toEqual({ head: 'a.1.b', serverTime: 2 });
    expect(parseHeartbeat(`{"head":"","serverTime":2}`)).toBeUndefined();
    expect(parseBye('{"retryAfterSeconds":2.5}')).toEqual({ retryAfterSeconds: 2.5 });
    expect(parseBye('{"retryAfterSeconds":-1}')).toBeUndefined();
    expect(parseBye('{"retryAfterSeconds":1e300}')).toBeUndefined();
  });

  test('an ack names its first wrong field', () => {
    expect(parseAck(JSON.stringify(ack))).toEqual({ ok: true, ack });
    expect(parseAck('[]')).toEqual({ ok: false, field: 'body' });
    for (const field of ['connection', 'applied', 'rejected', 'sent', 'tombstones']) {
      expect(parseAck(JSON.stringify({ ...ack, [field]: {} }))).toEqual({ ok: false, field });
    }
    const many = Array.from({ length: 1001 }, () => ({ revision: 1, id: null, reason: 'r' }));
    expect(parseAck(JSON.stringify({ ...ack, rejected: many }))).toEqual({ ok: false, field: 'rejected' });
    expect(parseAck(JSON.stringify({ ...ack, applied: null }))).toMatchObject({ ok: true });
  });

  test('a snapshot ends only with a whole end line', () => {
    const end = { cursor: 'e.1.x', epoch: 'e', revision: 1, records: 0, sha256: 'a'.repeat(64) };
    expect(parseSnapshotLine(formatSnapshotEnd(end))).toEqual({ kind: 'end', end });
    for (const field of Object.keys(end)) {
      const line = parseSnapshotLine(JSON.stringify({ kind: 'end', ...end, [field]: null }));
      expect(line).toMatchObject({ kind: 'record', record: { ok: false } });
    }
    expect(parseSnapshotLine('not json')).toMatchObject({ kind: 'record', record: { ok: false } });
  });

  test('no text makes any parser throw', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.anything().map((value) => String(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const parse of [parseHello, parseChange, parseHeartbeat, parseBye, parseAck, parseAckAnswer])
          parse(text);
        parseSnapshotLine(text);
      }),
    );
  });
});
