import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecord } from './parse-record.ts';
import { formatRecord } from './record.ts';

const id = 'c0123456789abcdefghijklmn';
const digest = 'A'.repeat(43);
const token = {
  id,
  digest,
  account: 'acme',
  usage: 'pk',
  status: 'active',
  scopes: ['styles:read'],
  restrictions: [{ kind: 'urls', entries: ['https://a.example'], strictPaths: false }],
  expires: null,
  parent: null,
  revision: 7,
};

describe('reading a record', () => {
  test.each([
    ['a token', token],
    ['a tombstone', { id, digest, status: 'revoked', revision: 8 }],
    ['an account', { kind: 'account', account: 'acme', status: 'suspended', revision: 9 }],
  ])('%s is read whole and written back to the same bytes', (_, record) => {
    const parsed = parseRecord(record);
    expect(parsed).toEqual({ ok: true, record });
    if (parsed.ok) expect(formatRecord(parsed.record)).toBe(JSON.stringify(record));
  });

  test('unknown fields are ignored', () => {
    expect(parseRecord({ ...token, colour: 'red' })).toEqual({ ok: true, record: token });
  });

  test('a restriction of an unknown kind is kept as it came', () => {
    const restrictions = [{ kind: 'moon-phase', phase: 'full' }];
    expect(parseRecord({ ...token, restrictions })).toEqual({ ok: true, record: { ...token, restrictions } });
  });

  test.each(Object.keys(token))(
    'a token whose %s is blank, null, wrong, huge or absent still names its token',
    (field) => {
      const { [field]: _, ...without } = token as Record<string, unknown>;
      const wrongs = ['', {}, [null], -1, 1e308, 'x'.repeat(100_000), true].map((wrong) => ({
        ...token,
        [field]: wrong,
      }));
      for (const broken of [without, ...wrongs]) {
        const parsed = parseRecord(broken);
        expect(parsed).toMatchObject({ ok: false, reason: expect.any(String) });
        if (!parsed.ok) expect(parsed.id ?? parsed.digest).toBe(field === 'id' ? digest : id);
      }
    },
  );

  test('an absent or null field is never read as "no limit"', () => {
    for (const field of ['scopes', 'restrictions']) {
      expect(parseRecord({ ...token, [field]: null })).toMatchObject({ ok: false, id, digest });
    }
    const { expires: _, ...without } = token;
    expect(parseRecord(without)).toMatchObject({
      ok: false,
      reason: 'expires is neither null nor a time in milliseconds',
    });
  });

  test('an account whose status cannot be read still names the account', () => {
    expect(parseRecord({ kind: 'account', account: 'acme', status: 'odd', revision: 1 })).toMatchObject({
      ok: false,
      account: 'acme',
      revision: 1,
    });
  });

  test('nothing makes it throw, and a reason never repeats what was sent', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        const parsed = parseRecord(value);
        if (!parsed.ok) expect(parsed.reason.length).toBeLessThan(80);
      }),
    );
  });
});
