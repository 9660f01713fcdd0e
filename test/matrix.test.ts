import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { fillPath, type Operation, readOperations, validBody } from './testing/operations.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

/** How an operation answers to a kind of token: let in, or the code it is refused with. */
type Cell = 'in' | string;

let latchkey: Latchkey;
let acme: TestAccount;
let resting: TestAccount;
let operations: readonly Operation[];
let everyScope: readonly string[];
let operatorScopes: readonly string[];
let runs = 0;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  resting = await makeAccount(latchkey, 'resting');
  // OAuth clients are refused in the words of RFC 6749, without our codes: the server's oauth.test.ts has their cells.
  operations = (await readOperations(latchkey.url)).filter(({ path }) => !path.startsWith('/oauth2/'));
  everyScope = await scopesOf('acme', acme.token);
  operatorScopes = await scopesOf(latchkey.operatorAccount, latchkey.operatorToken);
  const suspended = await call(`${latchkey.url}/v1/accounts/resting/suspend`, {
    method: 'POST',
    token: latchkey.operatorToken,
  });
  expect(suspended.status).toBe(200);
});
afterAll(() => latchkey?.stop());

async function scopesOf(account: string, token: string): Promise<readonly string[]> {
  const answer = await call(`${latchkey.url}/scopes/v1/${account}`, { token });
  return listOf(answer.body).map((scope) => textField(scope, 'id'));
}

const operator = (): TestAccount => ({
  name: latchkey.operatorAccount,
  token: latchkey.operatorToken,
  defaultToken: '',
});

async function make(
  owner: TestAccount,
  scopes: readonly string[],
  extra: Record<string, unknown> = {},
): Promise<{ id: string; token: string }> {
  const body = { scopes, ...extra };
  const made = await call(`${latchkey.url}/tokens/v2/${owner.name}`, {
    method: 'POST',
    token: owner.token,
    body,
  });
  if (made.status !== 200) throw new Error(`${JSON.stringify(scopes)}: ${made.text}`);
  return { id: textField(made.body, 'id'), token: textField(made.body, 'token') };
}

const inAnHour = () => new Date(Date.now() + 3_000_000).toISOString();

/** Makes one call with things of `owner` in the path and a body that would be taken, and tells how far the token came. */
async function cell(operation: Operation, owner: TestAccount, token: string | undefined): Promise<Cell> {
  runs += 1;
  const victim = owner === resting ? { id: `c${'0'.repeat(24)}` } : await make(owner, ['styles:read']);
  const path = fillPath(operation, {
    account: owner.name,
    id: victim.id,
    name: `nobody-${runs}`,
    revision: '1',
  });
  const body = validBody(operation, `made-${runs}`);
  const response = await fetch(`${latchkey.url}${path}`, {
    method: operation.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) {
    // The stream of the feed has no end.
    await response.body?.cancel();
    return 'in';
  }
  const code = textField(await response.json(), 'code');
  const late = [
    'not_found',
    'no_such_user',
    'account_not_found',
    'token_not_found',
    'rotation_not_found',
    // The caller may rotate, but not this token, whose scopes it lacks.
    'scopes_invalid',
    'unknown_connection',
    'access_token_required',
  ];
  return late.includes(code) ? 'in' : code;
}

const closed = () => operations.filter((operation) => operation.requires !== undefined);
const needs = (operation: Operation) => operation.requires ?? [];
const isOperatorOnly = (operation: Operation) =>
  needs(operation).some((scope) => !everyScope.includes(scope));

/** All cells of one column beside what is expected of them. */
async function column(
  rows: readonly Operation[],
  expected: (operation: Operation) => Cell,
  ask: (operation: Operation) => Promise<Cell>,
): Promise<void> {
  const seen: Record<string, Cell> = {};
  const wanted: Record<string, Cell> = {};
  for (const operation of rows) {
    seen[`${operation.method} ${operation.path}`] = await ask(operation);
    wanted[`${operation.method} ${operation.path}`] = expected(operation);
  }
  expect(seen).toEqual(wanted);
}

test('the document declares every operation with the scopes it needs, and each of them exists', () => {
  expect(operations.length).toBeGreaterThan(20);
  expect(closed().length).toBeGreaterThan(15);
  for (const operation of closed()) {
    expect(needs(operation).length, operation.id).toBeGreaterThan(0);
    for (const scope of needs(operation)) expect(operatorScopes, operation.id).toContain(scope);
  }
});

test('open operations let everybody in: no token, and a token that is no good', async () => {
  const open = operations.filter((operation) => operation.requires === undefined);
  expect(open.map((operation) => operation.path).sort()).toEqual([
    '/healthz',
    '/readyz',
    '/tokens/v2',
    '/v1/scopes',
    '/v1/services',
  ]);
  await column(
    open,
    () => 'in',
    (operation) => cell(operation, acme, undefined),
  );
});

test('no token is let in nowhere else', () =>
  column(
    closed(),
    () => 'no_token',
    (operation) => cell(operation, acme, undefined),
  ));

test('a text that is no token is let in nowhere', () =>
  column(
    closed(),
    () => 'malformed_token',
    (operation) => cell(operation, acme, 'nonsense'),
  ));

test('a token that was never made is let in nowhere, whatever its payload says', () =>
  column(
    closed(),
    () => 'unknown_token',
    (operation) => cell(operation, acme, `${latchkey.operatorToken.slice(0, -22)}${'A'.repeat(22)}`),
  ));

test('a public token is let in nowhere, the default one included', async () => {
  const all = await make(
    acme,
    everyScope.filter((scope) =>
      ['styles:tiles', 'styles:read', 'fonts:read', 'datasets:read', 'vision:read'].includes(scope),
    ),
  );
  await column(
    closed(),
    () => 'insufficient_scope',
    (operation) => cell(operation, acme, all.token),
  );
  await column(
    closed(),
    () => 'insufficient_scope',
    (operation) => cell(operation, acme, acme.defaultToken),
  );
});

test('a secret token is let in exactly where it holds the scopes, and with every other scope of its account nowhere', async () => {
  await column(
    closed(),
    (operation) => (isOperatorOnly(operation) ? 'insufficient_scope' : 'in'),
    async (operation) => {
      const held = needs(operation).filter((scope) => everyScope.includes(scope));
      return cell(operation, acme, (await make(acme, [...held, 'map:read'])).token);
    },
  );
  await column(
    closed(),
    () => 'insufficient_scope',
    async (operation) => {
      const others = everyScope.filter((scope) => !needs(operation).includes(scope));
      return cell(operation, acme, (await make(acme, others)).token);
    },
  );
});

test('each single scope lets in where it is declared and nowhere else', async () => {
  const interesting = [...new Set(closed().flatMap(needs))];
  for (const scope of [...interesting, 'uploads:write']) {
    const { token } = await make(operator(), scope.startsWith('styles') ? [scope, 'map:read'] : [scope]);
    await column(
      closed(),
      (operation) => (needs(operation).every((wanted) => wanted === scope) ? 'in' : 'insufficient_scope'),
      (operation) => cell(operation, operator(), token),
    );
  }
});

test('the operator token with every scope is let in everywhere', () =>
  column(
    closed(),
    () => 'in',
    (operation) => cell(operation, operator(), latchkey.operatorToken),
  ));

test('the account token with every scope of a customer is let in everywhere but where the operator alone may', () =>
  column(
    closed(),
    (operation) => (isOperatorOnly(operation) ? 'insufficient_scope' : 'in'),
    (operation) => cell(operation, acme, acme.token),
  ));

test('a temporary token is let in where it holds the scopes, but makes no lasting token', async () => {
  const makesLasting = [
    'createToken',
    'createNativeToken',
    'createAccount',
    'rotateToken',
    'changeRotation',
    'undoRotation',
  ];
  await column(
    closed().filter((operation) => !isOperatorOnly(operation)),
    (operation) => (makesLasting.includes(operation.id) ? 'caller_is_temporary' : 'in'),
    async (operation) =>
      cell(operation, acme, (await make(acme, needs(operation), { expires: inAnHour() })).token),
  );
});

test('revoked, expired and suspended tokens are let in nowhere, the right scopes notwithstanding', async () => {
  const revoked = await make(operator(), operatorScopes);
  await call(`${latchkey.url}/tokens/v2/${latchkey.operatorAccount}/${revoked.id}`, {
    method: 'DELETE',
    token: latchkey.operatorToken,
  });
  await column(
    closed(),
    () => 'revoked',
    (operation) => cell(operation, operator(), revoked.token),
  );

  const expired = await make(operator(), operatorScopes, {
    expires: new Date(Date.now() + 1200).toISOString(),
  });
  await until('the temporary token to expire', async () => {
    const verdict = await call(`${latchkey.url}/tokens/v2?access_token=${expired.token}`);
    return field(verdict.body, 'code') === 'TokenExpired' ? true : undefined;
  });
  await column(
    closed(),
    () => 'expired',
    (operation) => cell(operation, operator(), expired.token),
  );

  await column(
    closed(),
    () => 'account_suspended',
    (operation) => cell(operation, resting, resting.token),
  );
});
