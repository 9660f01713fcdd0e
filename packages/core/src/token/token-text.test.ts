import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScope } from '../scope/scope.ts';
import { parseAccountName } from './account-name.ts';
import { makeTokenId, parseTokenId } from './token-id.ts';
import type { TokenTextParts } from './token-text.ts';
import { formatTokenText, MAX_TOKEN_TEXT_LENGTH, parseTokenText, recogniseTokenText } from './token-text.ts';

const accounts = fc
  .stringMatching(/^[a-z0-9][a-z0-9-]{1,38}$/)
  .map(parseAccountName)
  .filter((name) => name !== undefined);
const ids = fc.uint8Array({ minLength: 24, maxLength: 24 }).map(makeTokenId);
const signatures = fc.uint8Array({ minLength: 16, maxLength: 16 });
const scopes = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,20}:[a-z][a-z0-9-]{0,20}$/)
  .map(parseScope)
  .filter((scope) => scope !== undefined);
const seconds = fc.nat({ max: 4_102_444_800 });

const lasting = fc.record({
  usage: fc.constantFrom('pk' as const, 'sk' as const),
  account: accounts,
  id: ids,
  signature: signatures,
});
const temporary = fc.record({
  usage: fc.constant('tk' as const),
  account: accounts,
  id: ids,
  issuedAtSeconds: seconds,
  expiresSeconds: seconds,
  scopes: fc.array(scopes, { maxLength: 30 }),
  signature: signatures,
});
const anyParts: fc.Arbitrary<TokenTextParts> = fc.oneof(lasting, temporary);

test('what is made is read back whole', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const { signature: _, ...rest } = parts;
      const text = formatTokenText(parts);
      expect(parseTokenText(text)).toEqual(rest);
      expect(recogniseTokenText(text)).toBe(parts.usage);
    }),
  );
});

test('every token made has the outline that scanners and the Mapbox SDK expect', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const text = formatTokenText(parts);
      expect(text).toMatch(/^(?:pk|sk|tk)\.eyJ1[A-Za-z0-9]+\.[A-Za-z0-9_-]{22}$/);
      const payload: unknown = JSON.parse(atob(text.split('.')[1] ?? ''));
      expect(payload).toMatchObject({ u: parts.account, a: parts.id });
    }),
  );
});

test('no input makes parsing throw, and what it reads it recognises', () => {
  const almost = anyParts.chain((parts) => {
    const text = formatTokenText(parts);
    return fc
      .tuple(fc.nat({ max: text.length }), fc.nat({ max: 3 }), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, cut, inserted]) => text.slice(0, at) + inserted + text.slice(at + cut));
  });
  const payloads = fc.json().map((json) => `tk.${Buffer.from(json).toString('base64url')}.${'A'.repeat(22)}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), almost, payloads), (text) => {
      const parsed = parseTokenText(text);
      if (parsed !== undefined) expect(recogniseTokenText(text)).toBe(parsed.usage);
    }),
    { numRuns: 2000 },
  );
});

test('two different texts of one token do not exist: no change of one character is read as the same token', () => {
  fc.assert(
    fc.property(lasting, fc.nat(), fc.constantFrom(...'AaBb01-_=+/. '), (parts, place, character) => {
      const text = formatTokenText(parts);
      const at = place % text.length;
      const changed = text.slice(0, at) + character + text.slice(at + 1);
      fc.pre(changed !== text);
      const parsed = parseTokenText(changed);
      if (parsed === undefined) return;
      const signature = Buffer.from(changed.split('.')[2] ?? '', 'base64url');
      expect({ ...parsed, signature }).not.toEqual({ ...parts, signature: Buffer.from(parts.signature) });
    }),
  );
});

test.each([
  ['a signature of another length', { signature: new Uint8Array(15) }],
  ['more scopes than fit into a request', { scopes: Array.from({ length: 60 }, () => longScope()) }],
])('%s is a mistake of the caller', (_, change) => {
  const parts = {
    usage: 'tk',
    account: known(parseAccountName('acme')),
    id: known(parseTokenId('c0123456789abcdefghijklmn')),
    issuedAtSeconds: 1,
    expiresSeconds: 2,
    scopes: [],
    signature: new Uint8Array(16),
    ...change,
  } as const;
  expect(() => formatTokenText(parts)).toThrow(TypeError);
});

test.each([1, 1_000, 10_000_000])(
  'a text of %d characters too many is refused without being read',
  (surplus) => {
    const text = `sk.${'A'.repeat(MAX_TOKEN_TEXT_LENGTH + surplus)}.${'A'.repeat(22)}`;
    expect(recogniseTokenText(text)).toBeUndefined();
    expect(parseTokenText(text)).toBeUndefined();
  },
);

function longScope() {
  return known(parseScope(`${'a'.repeat(63)}:${'b'.repeat(63)}`));
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the test wants a value that parses');
  return value;
}
