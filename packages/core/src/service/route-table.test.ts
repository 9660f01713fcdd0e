import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../scope/scope.ts';
import { parseScope } from '../scope/scope.ts';
import { findRouteProblems } from './route-problems.ts';
import { buildRouteTable } from './route-table.ts';
import type { ServiceDefinition } from './service-definition.ts';

/** `GET,POST /path scope:one scope:two` */
function service(name: string, ...lines: readonly string[]): ServiceDefinition {
  const routes = lines.map((line) => {
    const [methods = '', path = '', ...scopes] = line.split(' ');
    return { methods: methods.split(','), path, scopes: scopes.map(scope), description: line };
  });
  return { name, title: name, description: name, routes };
}

function scope(text: string): Scope {
  const parsed = parseScope(text);
  if (parsed === undefined) throw new TypeError(`${text} is no scope`);
  return parsed;
}

const table = buildRouteTable([
  service(
    'styles',
    'GET /styles/v1/{account}/{style} styles:read',
    'GET /styles/v1/{account}/list styles:list',
    'POST,PUT /styles/v1/{account} styles:write styles:read',
    'GET /styles/v1/{account}/{style}/{rest*} styles:tiles',
    'GET /styles/v1/{account}/{style}/sprite styles:read',
    'GET /styles/v1/acme/{style}/deep/end styles:protect',
    'HEAD /styles/v1/{account}/list styles:read',
  ),
  service('root', 'GET / map:read', 'GET /v4/{rest*} styles:tiles', 'GET /v4/admin user:read'),
]);

function scopesFor(method: string, path: string): string | undefined {
  return table.match(method, path)?.scopes.join(' ');
}

describe('match', () => {
  test.each([
    ['a parameter takes one segment', 'GET', '/styles/v1/acme/streets', 'styles:read'],
    ['a static segment goes before a parameter', 'GET', '/styles/v1/acme/list', 'styles:list'],
    ['a static segment goes before a rest', 'GET', '/styles/v1/other/streets/sprite', 'styles:read'],
    ['a rest takes one segment', 'GET', '/v4/a', 'styles:tiles'],
    ['a rest takes many', 'GET', '/styles/v1/acme/streets/12/2/3', 'styles:tiles'],
    ['a rest takes no less than one', 'GET', '/v4', undefined],
    [
      'what a more specific branch cannot finish falls to the next',
      'GET',
      '/styles/v1/acme/streets/deep/other',
      'styles:tiles',
    ],
    [
      'what a more specific branch can finish does not',
      'GET',
      '/styles/v1/acme/streets/deep/end',
      'styles:protect',
    ],
    ['several methods', 'PUT', '/styles/v1/acme', 'styles:write styles:read'],
    ['another method', 'DELETE', '/styles/v1/acme', undefined],
    ['a method in small letters is another', 'get', '/v4/a', undefined],
    ['HEAD falls to GET', 'HEAD', '/styles/v1/acme/streets', 'styles:read'],
    ['HEAD of its own goes before GET', 'HEAD', '/styles/v1/acme/list', 'styles:read'],
    ['the root', 'GET', '/', 'map:read'],
    ['one slash at the end changes nothing', 'GET', '/v4/admin/', 'user:read'],
    ['needless encoding changes nothing', 'GET', '/v4/%61dmin', 'user:read'],
    ['capitals are another path', 'GET', '/V4/admin', undefined],
    ['nothing there', 'GET', '/fonts', undefined],
    ['dot segments have no route', 'GET', '/v4/a/../admin', undefined],
    ['encoded dot segments have no route', 'GET', '/v4/a/%2e%2e/admin', undefined],
    ['two slashes have no route', 'GET', '/v4//admin', undefined],
    ['an encoded slash has no route', 'GET', '/v4/a%2Fadmin', undefined],
    ['a static segment with a parameter has no route', 'GET', '/v4/admin;x', undefined],
    ['a parameter elsewhere is a part of its segment', 'GET', '/v4/a;x=1', 'styles:tiles'],
    ['an absolute URL has no route', 'GET', 'https://a.example/v4/admin', undefined],
  ])('%s', (_, method, path, scopes) => {
    expect(scopesFor(method, path)).toBe(scopes);
  });

  test('tells the service and the route', () => {
    const match = table.match('GET', '/v4/admin');
    expect(match?.service.name).toBe('root');
    expect(match?.route.path).toBe('/v4/admin');
  });

  test('no request throws, and no spelling of a path reaches a wider route than the path itself', () => {
    const piece = fc.constantFrom(
      '/v4',
      '/admin',
      '/a',
      '/',
      '//',
      '/..',
      '/.',
      '/%2e%2e',
      '%2f',
      ';',
      ';x',
      '%3b',
      '%61dmin',
      '\\',
      '%00',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const path = `/v4${pieces.join('')}`;
        if (scopesFor('GET', path) !== 'styles:tiles') return;
        for (const read of [path, decodeURIComponent(path)]) {
          const seen = new URL(read.replace(/;[^/]*/g, '').replace(/\/+/g, '/'), 'http://server.example')
            .pathname;
          expect(seen.replace(/\/$/, '')).not.toBe('/v4/admin');
          expect(`${seen}/`).toMatch(/^\/v4\//);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test('the order of the services changes nothing', () => {
    const reversed = buildRouteTable([...table.services].reverse());
    for (const path of ['/v4/admin', '/v4/a', '/styles/v1/acme/list', '/styles/v1/acme/x/sprite']) {
      expect(reversed.match('GET', path)?.route).toBe(table.match('GET', path)?.route);
    }
  });
});

describe('findRouteProblems', () => {
  test.each([
    ['no slash', 'GET styles', 'path', '"styles" does not begin with a slash'],
    ['an empty segment', 'GET /a//b', 'path', '"/a//b" has an empty segment'],
    ['a slash at the end', 'GET /a/', 'path', '"/a/" has an empty segment'],
    ['a rest that is not last', 'GET /a/{rest*}/b', 'path', '"/a/{rest*}/b" has segments after {rest*}'],
    [
      'a parameter within a segment',
      'GET /a/{b}.json',
      'path',
      '"/a/{b}.json" has a segment "{b}.json" that is not one parameter',
    ],
    [
      'a parameter without a name',
      'GET /a/{}',
      'path',
      '"/a/{}" has a segment "{}" that is not one parameter',
    ],
    ['a name twice', 'GET /{a}/{a}', 'path', '"/{a}/{a}" has two parameters named a'],
    ['dots', 'GET /a/..', 'path', '"/a/.." has a segment ".." that is not in canonical form'],
    ['needless encoding', 'GET /%61', 'path', '"/%61" has a segment "%61" that is not in canonical form'],
    ['a wildcard', 'GET /a/*', 'path', '"/a/*" has a segment "*" that is not in canonical form'],
    ['a semicolon', 'GET /a;b', 'path', '"/a;b" has a segment "a;b" that is not in canonical form'],
    ['a method in small letters', 'get /a', 'methods', '"get" is not a method'],
  ])('%s', (_, line, field, problem) => {
    const [found, ...others] = findRouteProblems([service('one', line)]);
    expect(found?.at.slice(0, 5)).toEqual(['services', 0, 'routes', 0, field]);
    expect(found?.problem).toBe(problem);
    expect(others).toEqual([]);
  });

  test('two routes that no request could tell apart, in one service or two', () => {
    const problems = findRouteProblems([
      service('one', 'GET /a/{x}', 'GET,POST /a/{y}'),
      service('two', 'GET /a/{z}', 'GET /a/{rest*}'),
    ]);
    expect(problems).toEqual([
      {
        at: ['services', 0, 'routes', 1, 'methods', 0],
        problem: 'GET /a/{y} of one matches the same requests as GET /a/{x} of one',
        fix: 'Leave one of them out, or tell them apart by a static segment.',
      },
      {
        at: ['services', 1, 'routes', 0, 'methods', 0],
        problem: 'GET /a/{z} of two matches the same requests as GET /a/{x} of one',
        fix: 'Leave one of them out, or tell them apart by a static segment.',
      },
    ]);
  });

  test('names of services', () => {
    const problems = findRouteProblems([service('one'), service('one'), service('Two')]);
    expect(problems.map(({ at, problem }) => [at, problem])).toEqual([
      [['services', 1, 'name'], 'two services are named one'],
      [['services', 2, 'name'], '"Two" is not a service name'],
    ]);
  });

  test('a route without methods', () => {
    const [broken] = [service('one')].map((one) => ({
      ...one,
      routes: [{ methods: [], path: '/a', scopes: [], description: '' }],
    }));
    expect(broken && findRouteProblems([broken])).toMatchObject([{ problem: '/a has no method' }]);
  });

  test('a table is not built of services with problems', () => {
    expect(() => buildRouteTable([service('one', 'GET a')])).toThrow(
      new TypeError('services.0.routes.0.path: "a" does not begin with a slash'),
    );
  });
});
