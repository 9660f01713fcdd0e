import { parseTokenText } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CreateTokenInput, createToken } from './create-token.ts';
import { HOUR_MS, NOON, openWorld, refusal, succeeded, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function create(input: Partial<CreateTokenInput>, caller = world.acme) {
  return createToken(world.deps, caller, { account: caller.account.name, scopes: [], ...input });
}

async function made(input: Partial<CreateTokenInput>) {
  const { value } = succeeded(await create(input));
  if (value.replayed) throw new TypeError('replayed');
  return value;
}

describe('creating a token', () => {
  test('with public scopes only, or none, makes a public one whose text is kept', async () => {
    for (const scopes of [[], ['styles:read'], ['styles:read', 'fonts:read', 'styles:read']]) {
      const { token, text } = await made({ scopes });
      expect(token).toMatchObject({ usage: 'pk', text, scopes: [...new Set(scopes)], isDefault: false });
      expect(parseTokenText(text)).toEqual({ usage: 'pk', account: 'acme', id: token.id });
    }
  });

  test('with one secret scope makes a secret one, of which only the digest is kept', async () => {
    const { token, text } = await made({ scopes: ['styles:read', 'styles:write'], note: 'mine' });
    expect(token).toMatchObject({ usage: 'sk', text: null, note: 'mine', digest: world.deps.hash(text) });
    expect(text).toMatch(/^sk\.eyJ1[A-Za-z0-9]+\.[\w-]{22}$/);
    const stored = await world.deps.store.token(token.id);
    expect(stored).toEqual(token);
    expect(JSON.stringify(stored)).not.toContain(text);
  });

  test('keeps restrictions in canonical form and warns of what deserves it', async () => {
    const { token, warnings } = await made({
      allowedUrls: ['https://App.Example.com/*', 'github.io'],
      strictPaths: true,
      allowedApplications: [{ platform: 'ios', bundleId: 'com.example.app' }],
      allowedAddresses: ['10.0.0.0/8', '10.0.0.0/8'],
      resources: ['/styles/v1/acme'],
      expires: NOON + HOUR_MS,
    });
    expect(token.restrictions).toEqual([
      { kind: 'urls', entries: ['https://app.example.com', 'github.io'], strictPaths: true },
      { kind: 'applications', applications: [{ platform: 'ios', bundleId: 'com.example.app' }] },
      { kind: 'addresses', ranges: ['10.0.0.0/8'] },
      { kind: 'resources', prefixes: ['/styles/v1/acme'] },
    ]);
    expect(token.expires).toBe(NOON + HOUR_MS);
    expect(warnings).toContainEqual({ code: 'public_suffix', entry: 'github.io', suffix: 'github.io' });
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'saved_as', entry: 'https://app.example.com' }),
    );
  });

  test.each<[string, Partial<CreateTokenInput>, object]>([
    ['an unknown scope', { scopes: ['no:such'] }, { code: 'scopes_invalid', field: 'scopes' }],
    ['a wildcard', { scopes: ['*'] }, { code: 'scopes_invalid', field: 'scopes' }],
    ['an operator-only scope', { scopes: ['accounts:write'] }, { code: 'scopes_invalid', field: 'scopes' }],
    ['a long note', { note: 'x'.repeat(129) }, { code: 'note_invalid', field: 'note' }],
    [
      'an empty list of URLs',
      { allowedUrls: [] },
      {
        code: 'urls_invalid',
        field: 'allowedUrls',
        detail: expect.stringContaining('Leave the list out for a token that works anywhere'),
      },
    ],
    ['a URL that is none', { allowedUrls: ['*.com'] }, { code: 'urls_invalid', field: 'allowedUrls' }],
    [
      '101 URLs',
      { allowedUrls: Array.from({ length: 101 }, (_, i) => `a${i}.example`) },
      { code: 'urls_invalid' },
    ],
    ['strict paths of no URLs', { strictPaths: true }, { code: 'urls_invalid', field: 'strictPaths' }],
    [
      'an empty list of addresses',
      { allowedAddresses: [] },
      {
        code: 'addresses_invalid',
        field: 'allowedAddresses',
        detail: expect.stringContaining('leave it out for no restriction'),
      },
    ],
    ['an address that is none', { allowedAddresses: ['127.1'] }, { code: 'addresses_invalid' }],
    ['every resource', { resources: ['/'] }, { code: 'resources_invalid', field: 'resources' }],
    [
      'an application that is none',
      { allowedApplications: [{ platform: 'ios', bundleId: '*' }] },
      { code: 'applications_invalid', field: 'allowedApplications' },
    ],
    ['an expiry that is over', { expires: NOON }, { code: 'expires_in_past', field: 'expires' }],
    ['an expiry that is no time', { expires: Number.NaN }, { code: 'expires_invalid', field: 'expires' }],
    ['an expiry beyond all dates', { expires: 8.65e15 }, { code: 'expires_invalid', field: 'expires' }],
  ])('refuses %s, and stores nothing', async (_what, input, wanted) => {
    const head = await world.deps.store.head();
    const answer = refusal(await create(input));
    expect(answer).toMatchObject(wanted);
    expect(answer.detail).toMatch(/^\S.*\.$/);
    expect(await world.deps.store.head()).toEqual(head);
  });

  test('counts the characters of a note as people do', async () => {
    expect((await made({ note: '🗺'.repeat(128) })).token.note).toBe('🗺'.repeat(128));
    expect(refusal(await create({ note: '🗺'.repeat(129) })).code).toBe('note_invalid');
  });

  test("refuses every account but the caller's alike, whether it exists or not", async () => {
    const answers = await Promise.all(['root', 'nobody', 'ACME', ''].map((account) => create({ account })));
    for (const answer of answers) {
      expect(refusal(answer)).toEqual({
        code: 'account_not_found',
        detail: 'There is no such account.',
        field: 'account',
      });
    }
  });

  test('needs tokens:write', async () => {
    const reader = await world.holder({ scopes: ['tokens:read'] });
    expect(refusal(await create({}, reader))).toMatchObject({
      code: 'insufficient_scope',
      scope: 'tokens:write',
      detail: 'This call requires a token with tokens:write scope.',
    });
  });

  test('is not for a temporary token, which makes only temporary ones', async () => {
    const temporary = await world.temporary(world.acme, ['tokens:write', 'styles:read']);
    expect(refusal(await create({ scopes: ['styles:read'] }, temporary)).code).toBe('caller_is_temporary');
  });

  test('is one moment: the token and the audit log tell the same one, however long it takes', async () => {
    let ticks = NOON;
    const deps = { ...world.deps, now: () => ticks++ };
    const { token } = succeeded(
      await createToken(deps, world.acme, { account: 'acme', scopes: ['styles:read'] }),
    ).value;
    const [row] = await world.deps.store.auditRows({
      account: null,
      subject: token.id,
      action: null,
      before: null,
      limit: 1,
    });
    expect(token.modifiedAt).toBe(token.createdAt);
    expect(row?.at).toBe(token.createdAt);
  });

  test('writes down who made what, without text or digest', async () => {
    const { token, text } = await made({ scopes: ['styles:write'], note: 'audited' });
    const [row] = await world.deps.store.auditRows({
      account: null,
      subject: token.id,
      action: null,
      before: null,
      limit: 10,
    });
    expect(row).toMatchObject({
      at: NOON,
      actor: { kind: 'token', id: world.acme.token.id, account: 'acme' },
      action: 'token.create',
      account: 'acme',
      before: null,
      after: { usage: 'sk', note: 'audited', scopes: ['styles:write'], status: 'active', default: false },
      requestId: 'request-1',
    });
    expect(JSON.stringify(row)).not.toContain(text);
    expect(JSON.stringify(row)).not.toContain(token.digest);
  });
});
