import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPath } from './canonical-path.ts';
import { checkResources } from './check-resources.ts';
import { parseResourcePrefix } from './resource-prefix.ts';
import { bareRequest } from './testing/bare-request.ts';

const piece = fc.constantFrom(
  ...[
    '/',
    '/',
    '/a',
    '/a/b',
    'a',
    'b',
    '.',
    '..',
    '/..',
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '\\',
    ';',
    '..;',
    '%3b',
    '%25',
    '%252e',
    '%252f',
    '%25%32%65',
    '%252%66',
  ],
  ...[
    '%',
    '%4',
    '%41',
    '%c3%a9',
    '%c0%ae',
    '%00',
    '//',
    'é',
    ' ',
    '?',
    '#',
    '*',
    '~',
    '%7e',
    '|',
    '%7c',
    'x=1',
  ],
);
const hostilePath = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => `/a${pieces.join('')}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

test('no path throws, and a canonical path is canonical', () => {
  fc.assert(
    fc.property(hostilePath, (path) => {
      const canonical = canonicalPath(path);
      if (canonical !== undefined) expect(canonicalPath(canonical)).toBe(canonical);
    }),
    { numRuns: 20_000 },
  );
});

test('a path that is allowed stays below its prefix however a server reads it', () => {
  fc.assert(
    fc.property(hostilePath, (path) => {
      if (checkResources(['/a'], bareRequest({ path })) !== undefined) return;
      for (const read of readings(path)) expect(`${read}/`).toMatch(/^\/a\//);
    }),
    { numRuns: 20_000 },
  );
});

test('no text makes a prefix throw, and what is stored is canonical', () => {
  fc.assert(
    fc.property(hostilePath, (text) => {
      const parsed = parseResourcePrefix(text);
      if (parsed.ok) expect(parseResourcePrefix(parsed.prefix)).toEqual(parsed);
    }),
    { numRuns: 5000 },
  );
});

/** As servers are known to read paths: decoded never, once or twice, parameters kept or cut, dot segments resolved last. */
function readings(path: string): readonly string[] {
  const decoded = [path, decode(path), decode(decode(path))];
  return decoded.flatMap((text) => [text, text.replace(/;[^/]*/g, '')]).map(resolveDots);
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function resolveDots(path: string): string {
  const resolved: string[] = [];
  for (const segment of path.split(/[/\\]+/)) {
    if (segment === '..') resolved.pop();
    else if (segment !== '.' && segment !== '') resolved.push(segment);
  }
  return `/${resolved.join('/')}`;
}
