import { describe, expect, test } from 'vitest';
import { splitUrlField } from './url-entries.ts';
import { parseAppScheme, parseUrlEntry } from './url-entry.ts';
import { describeUrlWarning } from './url-warning.ts';

describe('a refused entry is named, with what to write instead', () => {
  test.each([
    ['*', '"*" would allow every site.', 'Name the sites, or send no list for a token that works anywhere.'],
    [
      'https://app.example.com/?a=b',
      '"https://app.example.com/?a=b" has a query.',
      'Write "https://app.example.com/".',
    ],
    ['127.1', '"127.1" has an IP address that is not in canonical form.', 'Write 127.0.0.1.'],
    ['0x7f.1', '"0x7f.1" has an IP address that is not in canonical form.', 'Write 127.0.0.1.'],
    ['::1', '"::1" has an IPv6 address without brackets.', 'Write [::1].'],
    ['app.example.com.', '"app.example.com." ends its host with a dot.', 'Write "app.example.com".'],
    [
      'https:app.example.com',
      '"https:app.example.com" has a scheme without "://".',
      'Write "https://app.example.com".',
    ],
    [
      'ap\u00adp.example.com',
      '"ap\\u{ad}p.example.com" has invisible characters in its host.',
      'Write "app" there.',
    ],
    [
      'ａpp.example.com',
      '"ａpp.example.com" has look-alike or full-width characters that browsers read as other ones.',
      'Write "app" there, in plain letters.',
    ],
    [
      'ionic://localhost',
      '"ionic://localhost" has a scheme that is not allowed here.',
      'Begin with http://, https://, capacitor://, or with the host for both http and https.',
    ],
  ])('%s', (text, reason, fix) => {
    expect(parseUrlEntry(text, { appSchemes: ['capacitor'] })).toMatchObject({ ok: false, reason, fix });
  });

  test('a long one is cut short', () => {
    const parsed = parseUrlEntry('a'.repeat(10_000), { appSchemes: [] });
    expect(parsed).toMatchObject({
      ok: false,
      reason: `"${'a'.repeat(80)}..." is longer than 255 characters.`,
    });
  });
});

test.each([
  [
    'http://x.example:80/maps/*',
    [
      'http://x.example:80/maps/* is saved as http://x.example/maps.',
      'http://x.example/maps uses http: anyone on the way can serve a page there.',
      "http://x.example/maps has a path: browsers mostly show only the page's origin, and a page can forge its path, so the path is advice and not a wall.",
    ],
  ],
  [
    'xn--pple-43d.example',
    [
      'xn--pple-43d.example is shown as аpple.example, which mixes Cyrillic and Latin letters: check that it is the host you mean.',
    ],
  ],
])('the warnings of %s can be read', (text, sentences) => {
  const parsed = parseUrlEntry(text, { appSchemes: [] });
  expect(parsed.ok && parsed.warnings.map(describeUrlWarning)).toEqual(sentences);
});

test('commas and new lines separate entries in one field', () => {
  expect(splitUrlField(' a.example, b.example\r\n\nhttps://c.example/x ,')).toEqual([
    'a.example',
    'b.example',
    'https://c.example/x',
  ]);
});

test('schemes of the web, and those whose pages have no origin, are no app schemes', () => {
  expect(['capacitor', 'ionic', 'tauri', 'chrome-extension'].map(parseAppScheme)).toEqual([
    'capacitor',
    'ionic',
    'tauri',
    'chrome-extension',
  ]);
  const refused = [
    'http',
    'https',
    'blob',
    'data',
    'file',
    'javascript',
    'Capacitor',
    'capacitor://',
    '',
    '1a',
  ];
  expect(refused.map(parseAppScheme)).toEqual(refused.map(() => undefined));
});
