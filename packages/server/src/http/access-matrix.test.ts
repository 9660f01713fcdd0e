import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeEndpoints, tokensApiEndpoints } from './endpoints.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

/** The kinds of token that a caller may come with; each is of the account whose name stands in the path. */
const KINDS = [
  'none',
  'unknown',
  'revoked',
  'public',
  'secret with another scope',
  'secret with the scope',
  'temporary with the scope',
  'customer with every scope',
  'operator',
] as const;
type Kind = (typeof KINDS)[number];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Endpoints for anyone; a call without a token passes. */
const OPEN = ['validateToken', 'listServices', 'listScopeCatalogue'];
/** Endpoints for the operator's account alone. */
const OPERATOR = [
  'createAccount',
  'listAccounts',
  'getAccount',
  'suspendAccount',
  'resumeAccount',
  'listVerifiers',
  'getMetrics',
  'getReceipt',
];
/** Endpoints for people alone. */
const PEOPLE = [
  'listMembers',
  'changeMember',
  'removeMember',
  'invite',
  'listInvitations',
  'takeBackInvitation',
];
/** What a temporary token is refused, because it makes only temporary tokens and nothing that outlives it. */
const LASTING = ['createToken', 'createNativeToken', 'rotateToken', 'changeRotation', 'undoRotation'];

function declared(operationId: string, kind: Kind): 'passes' | 'refused' {
  if (OPEN.includes(operationId)) return 'passes';
  if (PEOPLE.includes(operationId)) return 'refused';
  if (OPERATOR.includes(operationId)) return kind === 'operator' ? 'passes' : 'refused';
  switch (kind) {
    case 'operator':
    case 'customer with every scope':
    case 'secret with the scope':
      return 'passes';
    case 'temporary with the scope':
      return LASTING.includes(operationId) ? 'refused' : 'passes';
    default:
      return 'refused';
  }
}

const endpoints = [...tokensApiEndpoints, ...nativeEndpoints].map(
  ({ method, path, operationId, requires }) => ({
    method: method.toUpperCase(),
    path,
    operationId,
    requires: requires ?? [],
  }),
);

async function tokenOf(kind: Kind, requires: readonly string[]): Promise<string | undefined> {
  const make = async (scopes: readonly string[], expires?: string) => {
    const body = { scopes: [...scopes], ...(expires && { expires }) };
    const { json } = await server.callAs(server.acme.token, 'POST', '/tokens/v2/acme', body);
    return { text: String(json?.token), id: String(json?.id) };
  };
  switch (kind) {
    case 'none':
      return undefined;
    case 'unknown':
      return `${server.acme.token.slice(0, -3)}AAA`;
    case 'revoked': {
      const made = await make(['tokens:read', 'tokens:write']);
      await server.callAs(server.acme.token, 'DELETE', `/tokens/v2/acme/${made.id}`);
      return made.text;
    }
    case 'public':
      return server.acme.publicToken;
    case 'secret with another scope':
      return (await make(['uploads:read'])).text;
    case 'operator':
      return server.operator;
    case 'customer with every scope':
      return server.acme.token;
    case 'secret with the scope':
      return (await make(holdable(requires))).text;
    case 'temporary with the scope':
      return (await make(holdable(requires), new Date(Date.now() + 60_000).toISOString())).text;
    default:
      return kind satisfies never;
  }
}

/** What a customer can hold; the rest it lacks, which is the point. */
function holdable(requires: readonly string[]): readonly string[] {
  const scopes = requires.filter((scope) => !/^(accounts|verifiers):/.test(scope));
  // What the creations give away has to be the caller's too.
  return [...scopes, 'styles:read', 'uploads:list'];
}

async function perform(
  method: string,
  path: string,
  operationId: string,
  token: string | undefined,
  kind: Kind,
) {
  const own = kind === 'operator' ? 'operator' : 'acme';
  const spare =
    /\{id\}/.test(path) &&
    (await server.callAs(own === 'acme' ? server.acme.token : server.operator, 'POST', `/tokens/v2/${own}`, {
      scopes: ['styles:read'],
    }));
  if (spare && /\/rotation$/.test(path)) {
    const by = own === 'acme' ? server.acme.token : server.operator;
    await server.callAs(by, 'POST', `/v1/tokens/${String(spare.json?.id)}/rotate`, {});
  }
  const filled = path
    .replace('{account}', own)
    .replace('{name}', 'rival')
    .replace('{revision}', '1')
    .replace('{id}', spare ? String(spare.json?.id) : '');
  const bodies: Readonly<Record<string, unknown>> = {
    createToken: { scopes: ['styles:read'] },
    createNativeToken: { scopes: ['styles:read'] },
    updateToken: { note: 'n' },
    updateNativeToken: { note: 'n' },
    rotateToken: {},
    changeRotation: { grace: '1h' },
    createAccount: { name: `n${Math.random().toString(36).slice(2, 10)}` },
    revokeTokens: { ids: [server.acme.publicTokenId], dryRun: true },
    checkUrls: { entries: ['shop.example'] },
    explain: { token: server.acme.publicTokenId, request: { url: '/' } },
  };
  const body = bodies[operationId];
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  return server.call(filled, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

describe.each(endpoints)('$method $path', ({ method, path, operationId, requires }) => {
  test.each(KINDS)('a caller with token "%s" gets what is declared', async (kind) => {
    const token = await tokenOf(kind, requires);
    const { status, text } = await perform(method, path, operationId, token, kind);
    // Validating nothing is an error of form, not of access.
    const passes = status < 300 || (operationId === 'validateToken' && kind === 'none' && status === 422);
    expect(passes ? 'passes' : 'refused', text).toBe(declared(operationId, kind));
    if (!passes) expect([401, 403, 404]).toContain(status);
  });
});
