import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkUrls } from './check-urls.ts';
import { readOrigin } from './origin.ts';
import { hostileSighting, hostileText, hostName } from './testing/arbitraries.ts';
import { bareRequest } from './testing/bare-request.ts';
import { urlIndex } from './testing/compiled.ts';
import { parseUrlEntry } from './url-entry.ts';
import { buildUrlIndex } from './url-index.ts';
import { readUrlRule } from './url-rule.ts';

test('a bare host matches exactly itself and what lies below it on a label boundary', () => {
  fc.assert(
    fc.property(hostName, hostName, (entry, host) => {
      const isAllowed =
        checkUrls(urlIndex([entry]), bareRequest({ origin: `https://${host}` }), undefined) === undefined;
      expect(isAllowed).toBe(endsWithLabels(host, entry));
    }),
    { numRuns: 5000 },
  );
});

test('a wildcard matches exactly what lies below its host on a label boundary', () => {
  const twoLabels = hostName.filter((host) => host.includes('.'));
  fc.assert(
    fc.property(twoLabels, hostName, (entry, host) => {
      const request = bareRequest({ referer: `https://${host}/` });
      const isAllowed = checkUrls(urlIndex([`*.${entry}`]), request, undefined) === undefined;
      expect(isAllowed).toBe(endsWithLabels(host, entry) && host !== entry);
    }),
    { numRuns: 5000 },
  );
});

test('a hundred entries allow exactly what one of them allows', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostName, { minLength: 1, maxLength: 100 }), hostName, (entries, host) => {
      const request = bareRequest({ origin: `https://${host}` });
      const together = checkUrls(urlIndex(entries), request, undefined) === undefined;
      expect(together).toBe(
        entries.some((entry) => checkUrls(urlIndex([entry]), request, undefined) === undefined),
      );
    }),
  );
});

test('an Origin that is an entry letter by letter is judged as every other: with a trace, by reading it', () => {
  const schemes = fc.constantFrom('', 'http://', 'https://', 'capacitor://');
  const hosts = fc.constantFrom('app.example', '*.app.example', 'localhost', '127.0.0.1', '[::1]');
  const tails = fc.constantFrom('', ':80', ':443', ':8443', '/', '/maps', '.');
  const text = fc.tuple(schemes, hosts, tails).map((parts) => parts.join(''));
  const sighting = fc.oneof(fc.constant(undefined), text, fc.constant(['same-origin', 'same-origin']));
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 8 }),
      text,
      sighting,
      sighting,
      (texts, origin, referer, secFetchSite) => {
        const rules = texts.map(readUrlRule).filter((rule) => rule !== undefined);
        const index = buildUrlIndex(rules, false);
        const request = bareRequest({ origin, referer, secFetchSite });
        expect(checkUrls(index, request, undefined)).toEqual(checkUrls(index, request, undefined, []));
      },
    ),
    { numRuns: 10_000 },
  );
});

test('no header makes matching throw, and every refusal says why in a bounded line of ASCII', () => {
  const index = urlIndex(['example.com', 'https://app.example.com/maps', '127.0.0.1', '[::1]', 'com'], true);
  fc.assert(
    fc.property(
      hostileSighting,
      hostileSighting,
      hostileSighting,
      hostileText,
      (origin, referer, secFetchSite, own) => {
        const refusal = checkUrls(index, bareRequest({ origin, referer, secFetchSite }), own);
        if (refusal !== undefined) expect(refusal.detail).toMatch(/^[\x20-\x7e]{20,700}$/);
      },
    ),
    { numRuns: 5000 },
  );
});

test('an Origin that is read is byte for byte what a URL parser serialises', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      if (readOrigin(text) === undefined || !/^https?:/.test(text) || text.includes('xn--')) return;
      expect(new URL(text).origin).toBe(text);
    }),
    { numRuns: 20_000 },
  );
});

test('an origin that a URL parser serialises is read, if its host has the letters of host names', () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.webUrl()), (text) => {
      const origin = URL.canParse(text) ? new URL(text).origin : 'null';
      if (!/^https?:\/\/(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\[[0-9a-f:]+\])(?::\d+)?$/.test(origin))
        return;
      expect(readOrigin(origin)).toBeDefined();
    }),
    { numRuns: 20_000 },
  );
});

test('a Referer that is allowed belongs, to a URL parser too, to a host that is listed', () => {
  const index = urlIndex(['app.example.com']);
  fc.assert(
    fc.property(hostileText, (referer) => {
      if (checkUrls(index, bareRequest({ referer }), undefined) !== undefined) return;
      const { hostname, protocol, port } = new URL(referer);
      expect(endsWithLabels(hostname, 'app.example.com')).toBe(true);
      expect(['http:', 'https:']).toContain(protocol);
      expect(port).toBe('');
    }),
    { numRuns: 20_000 },
  );
});

test('no text makes an entry throw, and what is stored is canonical for ever', () => {
  const options = { appSchemes: ['capacitor'] };
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: 'grapheme' })), (text) => {
      const parsed = parseUrlEntry(text, options);
      if (!parsed.ok) {
        expect(parsed.reason.length).toBeLessThan(250);
        expect(parsed.fix).toMatch(/^[A-Z].+\.$/su);
        return;
      }
      expect(readUrlRule(parsed.entry)).toEqual(parsed.rule);
      const again = parseUrlEntry(parsed.entry, options);
      expect(again.ok && again.entry).toBe(parsed.entry);
      expect(again.ok && again.warnings.some(({ code }) => code === 'saved_as')).toBe(false);
    }),
    { numRuns: 20_000 },
  );
});

/** The oracle knows labels only. */
function endsWithLabels(host: string, entry: string): boolean {
  const labels = host.split('.').reverse();
  return entry
    .split('.')
    .reverse()
    .every((label, at) => labels[at] === label);
}
