import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildUrlIndex, rulesForHost } from './url-index.ts';
import { readUrlRule } from './url-rule.ts';

const label = fc.constantFrom('a', 'b', 'example', 'xexample');
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const entry = fc.oneof(
  host,
  host.map((name) => `*.${name}`),
  fc.constantFrom('localhost', '127.0.0.1', '[::1]'),
);
/** Makes any list so long that it is indexed, and matches nothing. */
const STRANGERS = ['s1.invalid', 's2.invalid', 's3.invalid', 's4.invalid', 's5.invalid'];

test('a few rules that are asked one by one admit the hosts that an index of them admits', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), fc.oneof(host, entry), (entries, asked) => {
      const found = (list: readonly string[]) => {
        const rules = list.map(readUrlRule).filter((rule) => rule !== undefined);
        return rulesForHost(buildUrlIndex(rules, false), asked)
          .map((rule) => rule.entry)
          .sort();
      };
      expect(found(entries)).toEqual(found([...entries, ...STRANGERS]));
    }),
    { numRuns: 3000 },
  );
});
