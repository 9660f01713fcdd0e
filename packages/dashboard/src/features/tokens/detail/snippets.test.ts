import { readCurlCommand } from '@latchkey/wire/curl';
import type { NativeToken, Services } from '@latchkey/wire/native';
import { describe, expect, it } from 'vitest';
import { API_PLACEHOLDER, snippetsOf } from './snippets.ts';

const SERVER = 'https://tokens.example.com';

const services: Services['services'] = [
  {
    name: 'styles',
    title: 'Styles',
    description: '',
    baseUrl: 'https://maps.example.com/',
    routes: [
      { methods: ['GET'], path: '/styles/v1/{account}', scopes: ['styles:list'], description: '' },
      { methods: ['GET'], path: '/styles/v1/{account}/{style}', scopes: ['styles:read'], description: '' },
    ],
  },
  {
    name: 'uploads',
    title: 'Uploads',
    description: '',
    routes: [
      { methods: ['POST'], path: '/uploads/v1/{account}', scopes: ['uploads:write'], description: '' },
      { methods: ['GET'], path: '/uploads/v1/{account}', scopes: ['uploads:list'], description: '' },
    ],
  },
];

const tokenWith = (over: Partial<NativeToken>): NativeToken => ({
  id: 'c1',
  account: 'acme',
  usage: 'pk',
  status: 'active',
  default: false,
  note: null,
  scopes: ['styles:read'],
  created: '2026-11-01T00:00:00Z',
  modified: '2026-11-01T00:00:00Z',
  revision: 1,
  token: 'pk.aaa.bbb',
  ...over,
});

const kindsOf = (over: Partial<NativeToken>) =>
  snippetsOf(tokenWith(over), services, SERVER).map(({ kind }) => kind);
const codeOf = (kind: string, over: Partial<NativeToken>) =>
  snippetsOf(tokenWith(over), services, SERVER).find((snippet) => snippet.kind === kind)?.code ?? '';

describe('snippetsOf', () => {
  it('shows a map with a public token that may read styles', () => {
    expect(kindsOf({})).toEqual(['maplibre', 'sdk', 'javascript', 'curl']);
    expect(codeOf('maplibre', {})).toContain("style: 'https://maps.example.com/styles/v1/acme/{style}'");
    expect(codeOf('maplibre', {})).toContain("const token = 'pk.aaa.bbb';");
  });

  it('reads a secret from the environment, and never puts it into a URL', () => {
    const secret = { usage: 'sk', token: undefined, scopes: ['uploads:list'] } as const;
    const over = { ...secret, scopes: [...secret.scopes] };
    expect(kindsOf(over)).toEqual(['javascript', 'curl']);
    expect(codeOf('javascript', over)).toContain('process.env.LATCHKEY_TOKEN');
    for (const { code } of snippetsOf(tokenWith(over), services, SERVER))
      expect(code).not.toContain('access_token');
  });

  it('names the address of the service, or shows that one is to be put in', () => {
    expect(codeOf('curl', { usage: 'sk', scopes: ['uploads:list'] })).toContain(API_PLACEHOLDER);
    expect(codeOf('curl', {})).toContain('https://maps.example.com/styles/v1/acme/{style}');
  });

  it('uses the API of Latchkey where the token may manage tokens', () => {
    const over = { usage: 'sk', scopes: ['tokens:read'] } as const;
    expect(codeOf('sdk', { ...over, scopes: [...over.scopes] })).toContain(`origin: '${SERVER}'`);
    expect(codeOf('curl', { ...over, scopes: [...over.scopes] })).toContain(`${SERVER}/tokens/v2/acme`);
  });

  it('has nothing to show where no scope opens anything', () => {
    expect(kindsOf({ scopes: ['fonts:read'] })).toEqual([]);
  });

  it.each([
    [['https://shop.example/cart'], 'https://shop.example'],
    [['*.shop.example'], 'https://www.shop.example'],
    [['http://localhost:*'], 'http://localhost'],
    [['capacitor://localhost', 'shop.example'], 'https://shop.example'],
  ])('of a token for %j is a curl command that comes from %s', (allowedUrls, origin) => {
    const request = readCurlCommand(codeOf('curl', { allowedUrls }));
    expect(request).toMatchObject({ headers: { Origin: origin }, token: 'pk.aaa.bbb', transport: 'query' });
  });
});
