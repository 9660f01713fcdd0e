import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Verifier } from '@latchkey/verifier';
import { afterEach, describe, expect, test } from 'vitest';
import { type RawAnswer, sendRaw } from '../../../../verifier/src/middleware/testing/raw-http.ts';
import { describeThroughDoor, smallestGateway } from '../../testing/forward-auth-gateway.ts';
import { dialects, generalDialect, nginxDialect } from './dialect.ts';
import { createForwardAuthDoor, type ForwardAuthOptions } from './forward-auth.ts';

for (const dialect of dialects) {
  describeThroughDoor({
    name: `a gateway that asks at ${dialect.path}`,
    dialect,
    start: async (doorPort) => smallestGateway(dialect, doorPort),
    knownGaps: {},
  });
}

const NEVER: Pick<Verifier, 'verify'> = {
  verify: () => {
    throw new Error('a request was judged that the door must not look at');
  },
};

const NO_TOKEN: Pick<Verifier, 'verify'> = {
  verify: () => ({
    allow: false,
    reason: 'no_token',
    detail: 'An umlaut: ü.',
    scope: undefined,
    token: undefined,
  }),
};

let server: Server | undefined;
afterEach(() => server?.close());

async function ask(
  headers: readonly (readonly string[])[],
  options: Partial<ForwardAuthOptions>,
  verifier: Pick<Verifier, 'verify'> = NEVER,
  dialect = generalDialect,
): Promise<RawAnswer> {
  const door = createForwardAuthDoor(verifier, dialect, {
    requires: [],
    requestId: () => 'request-1',
    ...options,
  });
  server = createServer(door).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return sendRaw(port, { method: 'GET', target: dialect.path, headers });
}

const TOLD = [
  ['X-Forwarded-Method', 'GET'],
  ['X-Forwarded-Uri', '/'],
];

describe('who may ask', () => {
  test.each([[[]], [['10.0.0.0/8']], [['::1']]])(
    'a peer outside %j is refused unheard',
    async (trustedProxies) => {
      const problems: unknown[] = [];
      const onProblem: ForwardAuthOptions['onProblem'] = (...problem) => problems.push(problem);
      const answer = await ask(TOLD, { trustedProxies, onProblem, requires: () => 'open' });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        403,
        { message: 'Forbidden', code: 'untrusted_peer', requestId: 'request-1' },
      ]);
      expect(problems).toEqual([['untrusted_peer', '127.0.0.1']]);
    },
  );

  test('nobody may by default', async () => {
    expect((await ask(TOLD, { requires: () => 'open' })).status).toBe(403);
  });
});

describe('what was asked about', () => {
  const trustedProxies = ['127.0.0.1'];

  test.each([
    ['nothing', []],
    ['no target', [['X-Forwarded-Method', 'GET']]],
    ['no method', [['X-Forwarded-Uri', '/']]],
    [
      'an empty target',
      [
        ['X-Forwarded-Method', 'GET'],
        ['X-Forwarded-Uri', ''],
      ],
    ],
    ['two targets', [...TOLD, ['x-forwarded-uri', '/open']]],
    ['two methods', [...TOLD, ['X-FORWARDED-METHOD', 'OPTIONS']]],
    [
      'another dialect',
      [
        ['X-Original-Method', 'GET'],
        ['X-Original-URI', '/'],
      ],
    ],
    [
      'underscores',
      [
        ['X_Forwarded_Method', 'GET'],
        ['X_Forwarded_Uri', '/'],
      ],
    ],
  ])('%s is not clear, and refused', async (_, headers) => {
    const answer = await ask(headers, { trustedProxies, requires: () => 'open' });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([403, 'original_request_unclear']);
  });

  test('headers of another dialect change nothing', async () => {
    const seen: string[] = [];
    const requires = (method: string, path: string) => {
      seen.push(`${method} ${path}`);
      return 'open' as const;
    };
    const strange = [
      ['X-Original-Method', 'GET'],
      ['X-Original-URI', '/open'],
      ['X-Forwarded-Path', '/open'],
    ];
    const told = [
      ['X-Forwarded-Method', 'DELETE'],
      ['X-Forwarded-Uri', '/closed?x=/open'],
    ];
    expect((await ask([...strange, ...told], { trustedProxies, requires })).status).toBe(204);
    expect(seen).toEqual(['DELETE /closed']);
  });

  test('a preflight is let through unjudged, the method being the original one', async () => {
    const preflight = [
      ['X-Forwarded-Method', 'OPTIONS'],
      ['X-Forwarded-Uri', '/'],
      ['Access-Control-Request-Method', 'PUT'],
    ];
    const answer = await ask(preflight, { trustedProxies });
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(answer.headers.get('latchkey-account')).toBeUndefined();
  });

  test('a gateway that tells no address leaves it unknown: its own does not count', async () => {
    const seen: (string | undefined)[] = [];
    const verifier: Pick<Verifier, 'verify'> = {
      verify: (request) => {
        seen.push(request.address);
        return { allow: false, reason: 'no_token', detail: undefined, scope: undefined, token: undefined };
      },
    };
    await ask(TOLD, { trustedProxies }, verifier);
    await ask([...TOLD, ['X-Forwarded-For', '203.0.113.9, 198.51.100.7']], { trustedProxies }, verifier);
    expect(seen).toEqual([undefined, '198.51.100.7']);
  });
});

test('for nginx a 401 stays one, and body and status stand in headers of ASCII', async () => {
  const told = [
    ['X-Original-Method', 'GET'],
    ['X-Original-URI', '/'],
  ];
  const answer = await ask(told, { trustedProxies: ['127.0.0.1'] }, NO_TOKEN, nginxDialect);
  expect([answer.status, answer.headers.get('latchkey-status')]).toEqual([401, '401']);
  const header = answer.headers.get('latchkey-body') ?? '';
  expect(header).toMatch(/^[ -~]+$/);
  expect(JSON.parse(header)).toEqual(JSON.parse(answer.body));
});
