import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NativeTokenPageSchema, NativeTokenSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

const run: Installation['run'] = (args, options) => installation.run(args, options);

async function create(...options: string[]): Promise<{ id: string; token: string }> {
  const made = await run(['token', 'create', '--json', ...options]);
  const { id, token = '' } = made.jsonOf(NativeTokenSchema);
  return { id, token };
}

describe('latchkey token create', () => {
  it('makes a public token with every restriction that it was asked for', async () => {
    const made = await run([
      ...[
        'token',
        'create',
        '--scopes',
        'styles:read,fonts:read',
        '--scopes',
        'styles:tiles',
        '--note',
        'Web site',
      ],
      ...[
        '--allow-url',
        'https://acme.example/*',
        '--allow-url',
        'http://localhost',
        '--address',
        '203.0.113.0/24',
      ],
      ...[
        '--resource',
        '/styles/v1/acme',
        '--application',
        'ios:com.acme.app',
        '--expires',
        '2099-01-31',
        '--json',
      ],
    ]);
    expect(made).toMatchObject({ code: 0 });
    expect(made.json()).toMatchObject({
      usage: 'pk',
      note: 'Web site',
      scopes: ['styles:read', 'fonts:read', 'styles:tiles'],
      allowedUrls: ['https://acme.example', 'http://localhost'],
      allowedAddresses: ['203.0.113.0/24'],
      resources: ['/styles/v1/acme'],
      allowedApplications: [{ platform: 'ios', bundleId: 'com.acme.app' }],
      expires: '2099-01-31T00:00:00.000Z',
      token: expect.stringMatching(/^pk\./),
    });
  });

  it('tells people what was saved in another form than they wrote', async () => {
    const made = await run([
      'token',
      'create',
      '--scopes',
      'styles:read',
      '--allow-url',
      'https://acme.example/*',
    ]);
    expect(made.stderr).toContain('warning: https://acme.example/* is saved as https://acme.example');
  });

  it('shows a secret once, with a warning; afterwards nobody gets to see it', async () => {
    const made = await run(['token', 'create', '--scopes', 'uploads:write', '--note', 'seen once']);
    const [token = ''] = /sk\.\S+/.exec(made.stdout) ?? [];
    expect(token).not.toBe('');
    expect(made.stderr).toContain('warning: This is the only time that it is shown.');
    const [id = ''] = /c[a-z0-9]{24}/.exec(made.stdout) ?? [];
    const shown = await run(['token', 'show', id]);
    expect(shown.stdout).toContain('not shown: a secret is shown once, when it is made');
    expect(shown.stdout + (await run(['token', 'list', '--json'])).stdout).not.toContain(token);
  });

  it('gives no such warning for a public token, which can be seen again', async () => {
    const made = await run(['token', 'create', '--scopes', 'styles:read']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
  });

  it('writes a secret into a new file with mode 600, and makes no token where it cannot', async () => {
    const made = await run([
      'token',
      'create',
      '--scopes',
      'uploads:write',
      '--note',
      'filed',
      '--out',
      'a.token',
      '--json',
    ]);
    const file = path.join(installation.folder, 'a.token');
    expect(made.json()).toMatchObject({ usage: 'sk', tokenFile: 'a.token' });
    expect(made.json()).not.toHaveProperty('token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const verified = await run(['token', 'verify', '--file', 'a.token', '--json']);
    expect(verified.json()).toMatchObject({
      code: 'TokenValid',
      token: { authorization: made.jsonOf(NativeTokenSchema).id },
    });

    const before = await readFile(file, 'utf8');
    const again = await run([
      'token',
      'create',
      '--scopes',
      'uploads:write',
      '--note',
      'filed',
      '--out',
      'a.token',
    ]);
    expect(again.code).toBe(3);
    expect(await readFile(file, 'utf8')).toBe(before);
    const listed = await run(['token', 'list', '--text', 'filed', '--json']);
    expect(listed.jsonOf(NativeTokenPageSchema).items).toHaveLength(1);
  });

  it('leaves no empty file behind where the server refuses', async () => {
    const refused = await run(['token', 'create', '--scopes', 'no:such', '--out', 'none.token', '--json']);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.error()).toMatchObject({
      code: 'scopes_invalid',
      message: expect.stringContaining('no:such'),
    });
    await expect(stat(path.join(installation.folder, 'none.token'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('makes a temporary token, and refuses to mix in what such a token cannot have', async () => {
    const made = await run(['token', 'create', '--scopes', 'styles:read', '--temporary', '10m', '--json']);
    expect(made.json()).toMatchObject({ token: expect.stringMatching(/^tk\./), expires_in: 600 });
    const mixed = await run([
      'token',
      'create',
      '--scopes',
      'styles:read',
      '--temporary',
      '10m',
      '--address',
      '203.0.113.1',
      '--json',
    ]);
    expect(mixed.code).toBe(2);
    expect(mixed.error()).toMatchObject({ code: 'conflicting_option' });
    const long = await run(['token', 'create', '--scopes', 'styles:read', '--temporary', '2h', '--json']);
    expect(long).toMatchObject({ code: 3, stdout: '' });
    expect(long.error()).toMatchObject({ code: 'expires_too_far' });
  });

  it('wants to be told the scopes, of which there may be none', async () => {
    const untold = await run(['token', 'create', '--note', 'what for?', '--json']);
    expect(untold.code).toBe(2);
    expect(untold.error()).toMatchObject({ message: 'The option "--scopes <scopes>" is missing.' });
    const none = await run(['token', 'create', '--scopes', '', '--json']);
    expect(none.json()).toMatchObject({ usage: 'pk', scopes: [] });
  });

  it('makes one token for one idempotency key, and shows its secret once', async () => {
    const args = ['token', 'create', '--scopes', 'uploads:read', '--idempotency-key', 'deploy-1', '--json'];
    const first = await run(args);
    const second = await run([...args, '--out', 'second.token']);
    expect(second.json()).toMatchObject({
      id: first.jsonOf(NativeTokenSchema).id,
      code: 'secret_already_shown',
    });
    expect(second.stdout).not.toContain(first.jsonOf(NativeTokenSchema).token);
    await expect(stat(path.join(installation.folder, 'second.token'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

describe('latchkey token list and show', () => {
  it('filters, pages and finds', async () => {
    const { id } = await create('--scopes', 'datasets:write', '--note', 'Import at night');
    const found = await run([
      'token',
      'list',
      '--text',
      'import',
      '--usage',
      'sk',
      '--scope',
      'datasets:write',
    ]);
    expect(found.stdout).toMatch(
      new RegExp(`^id .*\n${id} +sk +active +Import at night +datasets:write +never`),
    );
    const byDefault = await run(['token', 'list', '--default', '--json']);
    expect(byDefault.json()).toMatchObject({ items: [{ default: true, token: installation.defaultToken }] });
    const page = await run(['token', 'list', '--limit', '1', '--json']);
    const rest = await run([
      'token',
      'list',
      '--all',
      '--cursor',
      page.jsonOf(NativeTokenPageSchema).next ?? '',
      '--json',
    ]);
    const ids = (answer: typeof rest) => answer.jsonOf(NativeTokenPageSchema).items.map((token) => token.id);
    expect(ids(rest)).not.toContain(ids(page)[0]);
    const all = await run(['token', 'list', '--all', '--json']);
    expect(ids(all)).toEqual([...ids(page), ...ids(rest)]);
  });

  it('says so when nothing is found', async () => {
    expect(await run(['token', 'list', '--text', 'nothing like this'])).toMatchObject({
      code: 0,
      stdout: 'No tokens found.\n',
    });
  });

  it('shows control characters in a note as codes, so that a note cannot write on the screen', async () => {
    const { id } = await create('--scopes', 'styles:read', '--note', 'a\u001b[2Jb');
    expect((await run(['token', 'show', id])).stdout).toContain('a\\u001b[2Jb');
  });

  it('answers 5 for an id that does not exist and 2 for what is no id', async () => {
    const missing = await run(['token', 'show', `c${'0'.repeat(24)}`]);
    expect(missing).toMatchObject({ code: 5, stdout: '' });
    const text = await run(['token', 'show', installation.defaultToken]);
    expect(text.code).toBe(2);
    expect(text.stderr).toContain("That is a token's text, not its id.");
  });
});

describe('latchkey token update', () => {
  it('changes what is named, lifts what is cleared, and leaves the rest', async () => {
    const { id } = await create(
      '--scopes',
      'styles:read',
      '--note',
      'before',
      '--allow-url',
      'https://acme.example',
    );
    const changed = await run(['token', 'update', id, '--note', 'after', '--expires', '30d', '--json']);
    expect(changed.json()).toMatchObject({ note: 'after', allowedUrls: ['https://acme.example'] });
    const lifted = await run(['token', 'update', id, '--clear', 'urls', '--clear', 'expires', '--json']);
    expect(lifted.json()).toMatchObject({ note: 'after', scopes: ['styles:read'] });
    expect(lifted.json()).not.toHaveProperty('allowedUrls');
    expect(lifted.json()).not.toHaveProperty('expires');
  });

  it('refuses to change nothing, and to clear what cannot be cleared', async () => {
    const { id } = await create('--scopes', 'styles:read');
    expect((await run(['token', 'update', id])).stderr).toContain('Nothing to change');
    const refused = await run(['token', 'update', id, '--clear', 'scopes']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      '"scopes" is not one of urls, resources, applications, addresses, expires, note',
    );
  });
});

describe('latchkey token revoke', () => {
  it('revokes nothing without confirmation', async () => {
    const { id } = await create('--scopes', 'styles:read');
    expect((await run(['token', 'revoke', id])).code).toBe(8);
    expect((await run(['token', 'show', id, '--json'])).json()).toMatchObject({ status: 'active' });
  });

  it('revokes several at once, for good', async () => {
    const one = await create('--scopes', 'styles:read');
    const two = await create('--scopes', 'styles:read');
    const revoked = await run(['token', 'revoke', one.id, two.id, '--yes', '--json']);
    expect(revoked.json()).toEqual({ revoked: [one.id, two.id] });
    const verified = await run(['token', 'verify', one.token]);
    expect(verified.code).toBe(7);
    expect(verified.stdout).toMatch(/^The token was revoked\.\n/);
    const again = await run(['token', 'revoke', one.id, '--yes', '--json']);
    expect(again.error()).toMatchObject({ code: 'token_revoked', exitCode: 3 });
  });

  it('revokes what a filter fits, after a look at what that stops and a question', async () => {
    const one = await create('--scopes', 'styles:write', '--note', 'nightly 1');
    const two = await create('--scopes', 'styles:write', '--note', 'nightly 2');
    const look = await run(['token', 'revoke', '--text', 'nightly', '--dry-run']);
    expect(look.code).toBe(0);
    expect(look.stdout).toContain(one.id);
    expect(look.stdout).toContain(
      '2 tokens, 0 of them used in the last 7 days by 0 known users; 0 temporary tokens fall with them.',
    );
    const asked = await run(['token', 'revoke', '--text', 'nightly']);
    expect(asked.code).toBe(8);
    expect(asked.stderr).toContain('nightly 2');
    for (const { id } of [one, two]) {
      expect((await run(['token', 'show', id, '--json'])).json()).toMatchObject({ status: 'active' });
    }
    const done = await run(['token', 'revoke', '--text', 'nightly', '--yes']);
    expect(done.stdout).toBe('Revoked 2 tokens. They are refused from now on.\n');
    for (const { id } of [one, two]) {
      expect((await run(['token', 'show', id, '--json'])).json()).toMatchObject({ status: 'revoked' });
    }
    const nothing = await run(['token', 'revoke', '--text', 'nightly', '--yes', '--json']);
    expect(nothing.json()).toMatchObject({ dryRun: true, count: 0 });
  });

  it('wants ids or a filter, and not both', async () => {
    expect((await run(['token', 'revoke', '--yes'])).code).toBe(2);
    const { id } = await create('--scopes', 'styles:read');
    const both = await run(['token', 'revoke', id, '--usage', 'pk', '--yes']);
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('Name tokens by id, or choose them by options, not both.');
    expect((await run(['token', 'revoke', id, '--dry-run', '--yes'])).code).toBe(2);
    expect((await run(['token', 'show', id, '--json'])).json()).toMatchObject({ status: 'active' });
  });
});

describe('latchkey token verify', () => {
  it('reads the token from standard input, a file, the environment or an argument', async () => {
    const { token } = await create('--scopes', 'uploads:write');
    await writeFile(path.join(installation.folder, 'verify.token'), `${token}\n`);
    const piped = await run(['token', 'verify'], { input: `${token}\n` });
    expect(piped).toMatchObject({ code: 0, stderr: '' });
    expect(piped.stdout).toMatch(/^The token is valid\.\naccount +acme\nusage +secret \(sk\)\nid +c/);
    expect((await run(['token', 'verify', '-'], { input: token })).code).toBe(0);
    expect((await run(['token', 'verify', '--file', 'verify.token'])).code).toBe(0);
    expect((await run(['token', 'verify', '--env', 'MINE'], { env: { MINE: token } })).code).toBe(0);
    const argument = await run(['token', 'verify', token]);
    expect(argument.code).toBe(0);
    expect(argument.stderr).toContain("warning: That secret token is now in your shell's history");
  });

  it('needs no token but the one that it is asked about', async () => {
    const verified = await run(['token', 'verify', installation.defaultToken, '--json'], {
      env: { LATCHKEY_TOKEN: undefined },
    });
    expect(verified.json()).toMatchObject({ code: 'TokenValid' });
  });

  it.each([
    ['pk.abc.123', 'TokenInvalid', 'The server knows no such token.'],
    ['hello', 'TokenMalformed', 'Not a token: the text has the wrong form. Check that all of it was copied.'],
  ])('answers 7 for %s', async (token, code, sentence) => {
    const verified = await run(['token', 'verify', token]);
    expect(verified).toMatchObject({ code: 7, stdout: `${sentence}\n`, stderr: '' });
    expect((await run(['token', 'verify', token, '--json'])).json()).toEqual({ code });
  });

  it('says how to give a token when there is none', async () => {
    const none = await run(['token', 'verify']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('error: No token was given.\n');
  });
});
