import { readCurlCommand } from '@latchkey/wire/curl';
import type { Explanation } from '@latchkey/wire/native';
import { describe, expect, it } from 'vitest';
import { type FixContext, smallestFix } from './smallest-fix.ts';

const ID = 'cabcdefghijklmnopqrstuvwx';

const refused = (reason: string, over: Partial<Explanation> = {}): Explanation => ({
  allowed: false,
  reason,
  status: 403,
  message: 'Forbidden',
  detail: null,
  fix: null,
  requires: [],
  route: null,
  token: { id: ID, account: 'acme', usage: 'pk' },
  exposedInUrl: false,
  trace: [],
  ...over,
});

function contextOf(curl?: string, over: Partial<FixContext> = {}): FixContext {
  const request = curl === undefined ? undefined : readCurlCommand(curl);
  if (typeof request === 'string') throw new Error(request);
  return { request, publicScopes: new Set(['styles:read', 'fonts:read']), scopes: ['styles:read'], ...over };
}

describe('smallestFix', () => {
  it('adds the origin of the page, not its whole address', () => {
    const context = contextOf('curl https://api.example/v4 -e https://shop.example/cart?item=1');
    const add = { allowedUrls: ['https://shop.example'] };
    expect(smallestFix(refused('url_not_allowed'), context)).toEqual({ kind: 'edit', token: ID, add });
  });

  it('takes the page from the report where only the id of the request is known', () => {
    const refusal = { requestId: 'r', at: '', method: 'GET', service: 'styles', origin: 'shop.example:8443' };
    expect(smallestFix(refused('url_not_allowed', { refusal }), contextOf())).toMatchObject({
      add: { allowedUrls: ['https://shop.example:8443'] },
    });
  });

  it('adds only the scopes that lack', () => {
    const requires = ['styles:read', 'fonts:read'];
    expect(smallestFix(refused('insufficient_scope', { requires }), contextOf())).toEqual({
      kind: 'edit',
      token: ID,
      add: { scopes: ['fonts:read'] },
    });
  });

  it('does not put a secret scope on a public token: another token is needed', () => {
    const requires = ['uploads:write'];
    expect(smallestFix(refused('insufficient_scope', { requires }), contextOf())).toEqual({
      kind: 'create',
      scopes: requires,
    });
  });

  it.each([
    [
      'resource_not_allowed',
      'curl https://api.example/styles/v1/acme/dark?x=1',
      { resources: ['/styles/v1/acme/dark'] },
    ],
    [
      'application_not_allowed',
      'curl https://api.example/ -H "X-Android-Package: com.example.app"',
      { allowedApplications: [{ platform: 'android', bundleId: 'com.example.app' }] },
    ],
    ['path_not_visible', 'curl https://api.example/', { laxPaths: true }],
    ['url_not_allowed', 'curl https://api.example/', {}],
  ])('fills in what it can for %s', (reason, curl, add) => {
    expect(smallestFix(refused(reason), contextOf(curl))).toEqual({ kind: 'edit', token: ID, add });
  });

  it('replaces a secret that stood in a URL, and a token that is over', () => {
    const token = { id: ID, account: 'acme', usage: 'sk' } as const;
    expect(smallestFix(refused('secret_in_query', { token }), contextOf())).toEqual({
      kind: 'rotate',
      token: ID,
    });
    expect(smallestFix(refused('revoked'), contextOf())).toEqual({ kind: 'create', scopes: ['styles:read'] });
  });

  it('offers nothing where nothing helps: a temporary token, a suspended account, an unknown token, a request that passes', () => {
    const temporary = { id: ID, account: 'acme', usage: 'tk' } as const;
    expect(smallestFix(refused('url_not_allowed', { token: temporary }), contextOf())).toBeNull();
    expect(smallestFix(refused('account_suspended'), contextOf())).toBeNull();
    expect(smallestFix(refused('unknown_token', { token: null }), contextOf())).toBeNull();
    expect(smallestFix(refused('', { allowed: true, reason: null }), contextOf())).toBeNull();
  });
});
