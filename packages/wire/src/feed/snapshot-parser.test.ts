import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../../../conformance/feed.json' with { type: 'json' };
import { parseRecord } from './parse-record.ts';
import { formatRecord } from './record.ts';
import { parseSnapshotLine } from './snapshot.ts';
import { createSnapshotParser } from './snapshot-parser.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const id = fc
  .array(fc.constantFrom(...letters), { minLength: 24, maxLength: 24 })
  .map((all) => `c${all.join('')}`);
const hostile = fc.constantFrom(
  '',
  ',"expires":',
  ',"parent":',
  ',"revision":7}',
  '","scopes":["a:b"],"restrictions":[]',
  ']',
  '\\"',
  '\u2028\ud800',
  '__proto__',
);
const text = fc.oneof(hostile, fc.string());
const restriction = fc.oneof(
  fc.record({
    kind: fc.constant('urls'),
    entries: fc.array(fc.constantFrom('https://[::1]:80', 'a.example')),
    strictPaths: fc.boolean(),
  }),
  fc.record({ kind: text, expires: text, parent: text, revision: fc.nat() }),
);
/** Whole records and such as are wrong in any field, in the order in which they are written. */
const record = fc.record(
  {
    id: fc.oneof({ weight: 20, arbitrary: id }, text),
    digest: fc.oneof({ weight: 20, arbitrary: fc.constant('Ab-_'.repeat(10).concat('xyz')) }, text),
    account: fc.oneof({ weight: 20, arbitrary: fc.constantFrom('acme', 'a-1') }, text),
    usage: fc.oneof({ weight: 20, arbitrary: fc.constantFrom('pk', 'sk', 'tk') }, text),
    status: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('active', 'suspended') },
      fc.constant('revoked'),
    ),
    scopes: fc.oneof(
      { weight: 20, arbitrary: fc.array(fc.constantFrom('styles:read', 'tiles:write')) },
      fc.array(text),
    ),
    restrictions: fc.oneof({ weight: 20, arbitrary: fc.array(restriction) }, text),
    expires: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(null, 0, 1e12, 8.64e15) },
      fc.constantFrom(-1, 1.5, 8.65e15, 1e21),
    ),
    parent: fc.oneof({ weight: 20, arbitrary: fc.oneof(fc.constant(null), id) }, text),
    revision: fc.oneof({ weight: 20, arbitrary: fc.nat() }, fc.constantFrom(-1, 2 ** 53, 1e-7)),
  },
  { noNullPrototype: true },
);
const line = fc
  .tuple(record, fc.option(fc.tuple(fc.nat(400), fc.nat(12), hostile), { freq: 3 }))
  .map(([value, damage]) => {
    const whole = JSON.stringify(value);
    if (damage === null) return whole;
    const [at, length, instead] = damage;
    return whole.slice(0, at) + instead + whole.slice(at + length);
  });

test('every line yields what it yields where it is read as JSON', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const parse = createSnapshotParser();
      for (const each of lines) expect(parse(each)).toEqual(parseSnapshotLine(each));
    }),
    { numRuns: 20_000 },
  );
});

test.each(vectors.records)('conformance/feed.json: $name', ({ record: value }) => {
  const parse = createSnapshotParser();
  const parsed = parseRecord(value);
  const lines = [JSON.stringify(value), ...(parsed.ok ? [formatRecord(parsed.record)] : [])];
  for (const each of lines) expect(parse(each)).toEqual(parseSnapshotLine(each));
});
