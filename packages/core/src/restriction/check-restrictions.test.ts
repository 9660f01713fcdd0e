import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceStep } from '../decision/trace.ts';
import { checkRestrictions } from './check-restrictions.ts';
import { NO_RESTRICTIONS } from './compile-restrictions.ts';
import type { Restriction } from './restriction.ts';
import { hostileSighting, hostileText } from './testing/arbitraries.ts';
import { bareRequest } from './testing/bare-request.ts';
import { compiled } from './testing/compiled.ts';

const urls: Restriction = { kind: 'urls', entries: ['app.example.com'], strictPaths: false };
const apps: Restriction = {
  kind: 'applications',
  applications: [{ platform: 'ios', bundleId: 'com.example.app' }],
};
const resources: Restriction = { kind: 'resources', prefixes: ['/styles'] };
const addresses: Restriction = { kind: 'addresses', ranges: ['10.0.0.0/8'] };
const page = { origin: 'https://app.example.com' };
const app = { iosBundleIdentifier: 'com.example.app' };

function reasonFor(restrictions: readonly Restriction[], request: Parameters<typeof bareRequest>[0]): string {
  return checkRestrictions(compiled(...restrictions), bareRequest(request), undefined)?.reason ?? 'allowed';
}

describe('checkRestrictions', () => {
  test('a token without restrictions needs no evidence', () => {
    expect(
      checkRestrictions(NO_RESTRICTIONS, bareRequest({ origin: ['a', 'b'], path: '//' }), undefined),
    ).toBeUndefined();
  });

  test.each([
    ['a browser on a listed page', page, 'allowed'],
    [
      'a browser on another page, whatever application it names',
      { origin: 'https://evil.com', ...app },
      'url_not_allowed',
    ],
    [
      'a browser without Origin and Referer, whatever application it names',
      { secFetchSite: 'none', ...app },
      'evidence_missing',
    ],
    ['an application that is listed', app, 'allowed'],
    ['an application that is not listed', { iosBundleIdentifier: 'com.evil.app' }, 'application_not_allowed'],
    ['neither', {}, 'application_not_allowed'],
  ])('with URLs and applications: %s', (_, request, expected) => {
    expect(reasonFor([urls, apps], request)).toBe(expected);
  });

  test.each([
    ['the listed bundle id', app, 'allowed'],
    ['other letters', { iosBundleIdentifier: 'com.example.App' }, 'application_not_allowed'],
    ['the bundle id as a package', { androidPackage: 'com.example.app' }, 'application_not_allowed'],
    ['both platforms at once', { ...app, androidPackage: 'com.example.app' }, 'application_not_allowed'],
    [
      'the header twice',
      { iosBundleIdentifier: ['com.example.app', 'com.example.app'] },
      'application_not_allowed',
    ],
    ['an empty header', { iosBundleIdentifier: '' }, 'application_not_allowed'],
    ['a page beside the bundle id', { ...app, ...page }, 'allowed'],
    ['a page only', page, 'application_not_allowed'],
  ])('with applications alone: %s', (_, request, expected) => {
    expect(reasonFor([apps], request)).toBe(expected);
  });

  test('the first restriction in the order of the decision that refuses is the one that is told', () => {
    const all = [addresses, apps, urls, resources];
    expect(reasonFor(all, {})).toBe('resource_not_allowed');
    expect(reasonFor(all, { path: '/styles', origin: 'null' })).toBe('origin_opaque');
    expect(reasonFor(all, { path: '/styles' })).toBe('application_not_allowed');
    expect(reasonFor(all, { path: '/styles', ...page })).toBe('address_not_allowed');
    expect(reasonFor(all, { path: '/styles', ...page, address: '::ffff:10.0.0.1' })).toBe('allowed');
  });

  test('refusals say what was seen and what would pass', () => {
    const detailOf = (restrictions: readonly Restriction[], request: Parameters<typeof bareRequest>[0]) =>
      checkRestrictions(compiled(...restrictions), bareRequest(request), undefined)?.detail;
    expect(detailOf([urls], { origin: 'https://evil.com' })).toBe(
      'Origin is "https://evil.com", which this token does not list. It allows app.example.com.',
    );
    expect(detailOf([urls], { origin: 'https://app.example.com:8443' })).toBe(
      'Origin is "https://app.example.com:8443": the host is listed, but not with this scheme and port. The token allows app.example.com.',
    );
    expect(detailOf([urls], { origin: 'https://APP.example.com' })).toBe(
      'Origin "https://APP.example.com" has capital letters. It must be one origin as browsers write it, such as "https://app.example.com".',
    );
    expect(detailOf([apps], {})).toBe(
      'The request names no application; this token works in ios com.example.app.',
    );
    expect(detailOf([addresses], { address: '192.0.2.1' })).toBe(
      'The request comes from 192.0.2.1; this token works from 10.0.0.0/8.',
    );
    expect(detailOf([resources], { path: '/fonts' })).toBe(
      'The path "/fonts" is outside the resources of this token: /styles.',
    );
  });

  test('a trace has the four steps in order, and changes no answer', () => {
    const all = compiled(resources, urls, apps, addresses);
    const request = bareRequest({ path: '/styles/v1', ...page, address: '192.0.2.1' });
    const trace: TraceStep[] = [];
    expect(checkRestrictions(all, request, undefined, trace)).toEqual(
      checkRestrictions(all, request, undefined),
    );
    expect(trace).toEqual([
      { check: 'resource', outcome: 'passed', saw: 'path "/styles/v1"', wants: 'a path in /styles' },
      {
        check: 'url',
        outcome: 'passed',
        saw: 'Origin "https://app.example.com", path not visible',
        wants: 'a page of app.example.com',
      },
      { check: 'application', outcome: 'skipped', saw: '', wants: 'a browser: the URLs decide' },
      { check: 'address', outcome: 'failed', saw: '192.0.2.1', wants: 'an address in 10.0.0.0/8' },
    ]);
  });
});

describe('whatever is asked', () => {
  const restriction = fc.constantFrom<Restriction>(
    urls,
    { kind: 'urls', entries: ['*.example.com/maps', 'localhost'], strictPaths: true },
    apps,
    resources,
    { kind: 'resources', prefixes: ['/a', '/styles/v1'] },
    addresses,
    { kind: 'addresses', ranges: ['::/1', '192.0.2.1'] },
  );
  const restrictions = fc.uniqueArray(restriction, { selector: ({ kind }) => kind, maxLength: 4 });
  const usual = fc.constantFrom(
    undefined,
    'https://app.example.com',
    'https://app.example.com/maps/a',
    'com.example.app',
    'null',
  );
  const sighting = fc.oneof(usual, hostileSighting);
  const request = fc
    .record({
      path: fc.oneof(fc.constantFrom('/styles/v1/a', '/a', '/'), hostileText),
      origin: sighting,
      referer: sighting,
      secFetchSite: fc.oneof(fc.constantFrom(undefined, 'same-origin', 'cross-site'), hostileSighting),
      iosBundleIdentifier: sighting,
      androidPackage: sighting,
      address: fc.oneof(fc.constantFrom(undefined, '10.0.0.1', '::1', '192.0.2.1'), hostileText),
    })
    .map(bareRequest);

  test('a restriction added never widens, save applications, which are an alternative to URLs', () => {
    fc.assert(
      fc.property(restrictions, restriction, request, (few, added, asked) => {
        const isAlternative = added.kind === 'applications' && few.some(({ kind }) => kind === 'urls');
        if (isAlternative || few.some(({ kind }) => kind === added.kind)) return;
        if (added.kind === 'urls' && few.some(({ kind }) => kind === 'applications')) return;
        if (checkRestrictions(compiled(...few, added), asked, undefined) !== undefined) return;
        expect(checkRestrictions(compiled(...few), asked, undefined)).toBeUndefined();
      }),
      { numRuns: 5000 },
    );
  });

  test('no request throws; every refusal is told in bounded ASCII; a trace changes nothing', () => {
    fc.assert(
      fc.property(restrictions, request, (some, asked) => {
        const trace: TraceStep[] = [];
        const refusal = checkRestrictions(compiled(...some), asked, undefined, trace);
        expect(checkRestrictions(compiled(...some), asked, undefined)).toEqual(refusal);
        expect(trace.map(({ check }) => check)).toEqual(['resource', 'url', 'application', 'address']);
        expect(trace.some(({ outcome }) => outcome === 'failed')).toBe(refusal !== undefined);
        const told = [refusal?.detail ?? '', ...trace.flatMap(({ saw, wants }) => [saw, wants])];
        for (const line of told) expect(line).toMatch(/^[\x20-\x7e]{0,700}$/);
      }),
      { numRuns: 5000 },
    );
  });

  test('no refusal and no trace shows the text of a token', () => {
    const secret = 'sk.eyJ1IjoiYWNtZSIsImEiOiJjMDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1uIn0.AAECAwQFBgcICQoLDA0ODw';
    const around = fc.constantFrom(
      '',
      'https://',
      'https://app.example.com/',
      'https://app.example.com/?access_token=',
      '/styles/',
      'x@',
    );
    const told = fc.tuple(around, around).map(([before, after]) => `${before}${secret}${after}`);
    fc.assert(
      fc.property(restrictions, told, (some, text) => {
        const trace: TraceStep[] = [];
        const fields = {
          path: text,
          origin: text,
          referer: text,
          secFetchSite: text,
          iosBundleIdentifier: text,
          address: text,
        };
        for (const [name, value] of Object.entries(fields)) {
          const refusal = checkRestrictions(
            compiled(...some),
            bareRequest({ [name]: value }),
            undefined,
            trace,
          );
          expect(JSON.stringify([refusal, trace])).not.toContain('eyJ1');
        }
      }),
    );
  });
});
