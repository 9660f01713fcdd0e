import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';
import { describe, expect, test } from 'vitest';
import { headerOf } from '../header-fields/header-list.ts';
import { ask, identityNamed, scriptedApi } from '../testing/scripted-api.ts';
import { answerOutward } from './answer-outward.ts';
import { type OutwardRules, outwardHeaders } from './outward-headers.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DEFAULT: OutwardRules = { shared: false, browserSeconds: 0 };

function told(
  headers: Readonly<Record<string, string>>,
  rules: OutwardRules,
  identity: Partial<LatchkeyIdentity> = {},
): { readonly control: string; readonly vary: string | undefined; readonly keys: string | undefined } {
  const list = outwardHeaders(
    Object.entries(headers).flat(),
    { ...identityNamed('acme'), ...identity },
    rules,
    NOW,
  );
  const control = headerOf(list, 'cache-control') ?? '';
  return { control, vary: headerOf(list, 'vary'), keys: headerOf(list, 'surrogate-key') };
}
const restricted = (kind: 'urls' | 'applications' | 'addresses') => ({
  restrictedTo: { urls: false, applications: false, addresses: false, [kind]: true },
});

describe('by default', () => {
  test.each([
    [{}, 'private, no-cache'],
    [{ 'Cache-Control': 'public, max-age=3600' }, 'private, no-cache'],
    [{ 'Cache-Control': 's-maxage=3600, immutable' }, 'private, no-cache'],
    [{ 'Cache-Control': 'private, max-age=3600' }, 'private, no-cache'],
    [{ 'Cache-Control': 'public, No-Store' }, 'no-store'],
    [{ 'cache-control': 'public, no-transform' }, 'private, no-cache, no-transform'],
    [{ Expires: 'Mon, 23 Nov 2099 12:00:00 GMT' }, 'private, no-cache'],
  ])('what the API says as %j goes out as %s', (headers, control) => {
    expect(told(headers, DEFAULT).control).toBe(control);
  });

  test('no other header makes a shared cache keep it', () => {
    const list = outwardHeaders(
      [
        'Surrogate-Control',
        'max-age=60',
        'CDN-Cache-Control',
        'max-age=60',
        'Expires',
        'x',
        'X-Accel-Expires',
        '60',
        'ETag',
        '"a"',
      ],
      identityNamed('acme'),
      DEFAULT,
      NOW,
    );
    expect(list.filter((_, at) => at % 2 === 0)).toEqual(['ETag', 'Cache-Control', 'Surrogate-Key']);
  });

  test('whose answer it is stands in Surrogate-Key, beside what the API says there', () => {
    const identity = { tokenId: 'c1', account: 'umbrella' } as unknown as LatchkeyIdentity;
    expect(told({ 'Surrogate-Key': 'tile-7' }, DEFAULT, identity).keys).toBe(
      'tile-7 latchkey-c1 latchkey-account-umbrella',
    );
  });

  test('it varies on what the decision looked at', () => {
    expect(told({}, DEFAULT).vary).toBeUndefined();
    expect(told({ Vary: 'accept, origin' }, DEFAULT, restricted('urls')).vary).toBe(
      'accept, origin, Referer, Sec-Fetch-Site',
    );
    expect(told({}, DEFAULT, restricted('applications')).vary).toBe(
      'X-Ios-Bundle-Identifier, X-Android-Package',
    );
    expect(told({ Vary: '*' }, DEFAULT, restricted('urls')).vary).toBe('*');
  });

  test('an answer to a request without a token stays as it is', async () => {
    const headers = { 'Cache-Control': 'public, max-age=60', 'Surrogate-Key': 'a' };
    const api = scriptedApi(() => ({ headers }));
    const forward = answerOutward(api.forward, DEFAULT);
    const open = await ask(forward).whenOver;
    expect(Object.fromEntries(open.headers)).toEqual({
      'cache-control': 'public, max-age=60',
      'surrogate-key': 'a',
    });
    const guarded = await ask(forward, { token: 'acme' }).whenOver;
    expect(guarded.headers.get('cache-control')).toBe('private, no-cache');
  });
});

describe('where browsers may go on for a while', () => {
  const rules = { shared: false, browserSeconds: 60 };
  test.each([
    ['public, max-age=3600', 'private, max-age=60'],
    ['max-age=30', 'private, max-age=30'],
    ['public, max-age=3600, no-cache', 'private, no-cache'],
    ['s-maxage=3600', 'private, no-cache'],
    ['no-store, max-age=30', 'no-store'],
  ])('%s goes out as %s', (control, outward) => {
    expect(told({ 'Cache-Control': control }, rules).control).toBe(outward);
  });

  test('not beyond the end of the token', () => {
    const ends = (seconds: number) => ({ expires: NOW + seconds * 1000 });
    expect(told({ 'Cache-Control': 'max-age=3600' }, rules, ends(20)).control).toBe('private, max-age=20');
    expect(told({ 'Cache-Control': 'max-age=3600' }, rules, ends(0)).control).toBe('private, no-cache');
    // The age is subtracted by whoever gets it.
    expect(told({ 'Cache-Control': 'max-age=3600', Age: '100' }, rules, ends(20)).control).toBe(
      'private, max-age=120',
    );
  });
});

describe('where shared caches may keep what is public', () => {
  const rules = { shared: true, browserSeconds: 0 };
  test.each([
    ['public, max-age=3600', 'public, max-age=0, s-maxage=3600, must-revalidate'],
    ['public, max-age=3600, s-maxage=60', 'public, max-age=0, s-maxage=60, must-revalidate'],
    ['max-age=3600', 'private, no-cache'],
    ['private, s-maxage=3600', 'private, no-cache'],
    ['public, no-cache', 'private, no-cache'],
    ['public, no-store', 'no-store'],
  ])('%s goes out as %s', (control, outward) => {
    expect(told({ 'Cache-Control': control }, rules).control).toBe(outward);
  });

  test('apart for each token and page, never for an address, and not beyond the end of the token', () => {
    const headers = { 'Cache-Control': 'public, max-age=3600' };
    expect(told(headers, rules).vary).toBe('Authorization');
    expect(told(headers, rules, restricted('urls')).vary).toBe(
      'Authorization, Origin, Referer, Sec-Fetch-Site',
    );
    expect(told(headers, rules, restricted('addresses')).control).toBe('private, no-cache');
    expect(told(headers, rules, { expires: NOW + 5_000 }).control).toContain('s-maxage=5,');
  });
});
