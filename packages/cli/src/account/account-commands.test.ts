import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseTokenText } from '@latchkey/core';
import { AuditPageSchema, ScopeCatalogueSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

const asOperator = (args: readonly string[]) =>
  installation.run(args, { env: { LATCHKEY_TOKEN: installation.operatorToken } });

describe('latchkey account create', () => {
  it('gives a secret token with every scope of the account, and its default public token', async () => {
    expect(parseTokenText(installation.token)).toMatchObject({ usage: 'sk', account: 'acme' });
    expect(parseTokenText(installation.defaultToken)).toMatchObject({ usage: 'pk', account: 'acme' });
    const listed = await installation.run(['token', 'list', '--usage', 'sk', '--json']);
    const { scopes } = (await installation.run(['scopes', '--json'])).jsonOf(ScopeCatalogueSchema);
    const holdable = scopes.filter((scope) => !scope.operatorOnly).length;
    expect(listed.json()).toMatchObject({ items: [{ scopes: { length: holdable } }] });
  });

  it('writes the secret token into a file with mode 600 and keeps it off the screen', async () => {
    const made = await asOperator([
      'account',
      'create',
      'filed',
      '--allowance',
      'styles:read,tokens:read',
      '--out',
      'filed.token',
    ]);
    const file = path.join(installation.folder, 'filed.token');
    const token = (await readFile(file, 'utf8')).trim();
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain('in filed.token, readable by you alone');
    expect(made.stdout).not.toContain(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const own = await installation.run(['token', 'list', '--usage', 'sk', '--json'], {
      env: { LATCHKEY_TOKEN: token },
    });
    expect(own.json()).toMatchObject({
      items: [{ account: 'filed', scopes: ['styles:read', 'tokens:read'] }],
    });
  });

  it('refuses a name that is taken, and a caller who is not the operator', async () => {
    const taken = await asOperator(['account', 'create', 'acme', '--json']);
    expect(taken).toMatchObject({ code: 3, stdout: '' });
    expect(taken.error()).toMatchObject({ code: 'account_exists' });

    const forbidden = await installation.run(['account', 'create', 'other']);
    expect(forbidden).toMatchObject({ code: 4, stdout: '' });
    expect(forbidden.stderr).toContain('error: This token lacks the scope accounts:write.\n');
  });

  it('never shows the secret of a repeated idempotency key again', async () => {
    const create = ['account', 'create', 'once', '--idempotency-key', 'k1', '--json'];
    expect((await asOperator(create)).code).toBe(0);
    const again = await asOperator(create);
    expect(again).toMatchObject({ code: 3, stdout: '' });
    expect(again.error()).toMatchObject({ code: 'secret_already_shown' });
  });
});

describe('latchkey account list, suspend, resume', () => {
  it('lists page by page, and everything with --all', async () => {
    const first = await asOperator(['account', 'list', '--limit', '1', '--json']);
    expect(first.json()).toMatchObject({ items: [{ name: 'acme' }], next: expect.any(String) });
    const all = await asOperator(['account', 'list', '--all']);
    expect(all.stdout).toMatch(
      /^account +kind +status +may hold +created\nacme +customer +active +every scope/,
    );
    expect(all.stdout).toMatch(/\noperator +operator +active/);
    const shortened = await asOperator(['account', 'list', '--limit', '1']);
    expect(shortened.stderr).toMatch(/--cursor \S+\n$/);
  });

  it('suspends only when told so, and the tokens of the account are refused until it is resumed', async () => {
    const unasked = await asOperator(['account', 'suspend', 'acme']);
    expect(unasked).toMatchObject({ code: 8, stdout: '' });
    expect(unasked.stderr).toContain('add --yes to go ahead');

    const suspended = await asOperator(['account', 'suspend', 'acme', '--yes', '--json']);
    expect(suspended.json()).toMatchObject({ name: 'acme', status: 'suspended' });
    const refused = await installation.run(['token', 'list', '--json']);
    expect(refused.error()).toMatchObject({ code: 'account_suspended' });

    const resumed = await asOperator(['account', 'resume', 'acme']);
    expect(resumed.stdout).toBe('Account acme is active: its tokens work again.\n');
    expect((await installation.run(['token', 'list'])).code).toBe(0);
  });

  it('answers 5 for an account that does not exist', async () => {
    const missing = await asOperator(['account', 'resume', 'nobody', '--json']);
    expect(missing.code).toBe(5);
    expect(missing.error()).toMatchObject({ code: 'account_not_found' });
  });
});

describe('latchkey audit', () => {
  it("shows an account its own log, and the operator everybody's, without a secret in it", async () => {
    const own = await installation.run(['audit', '--all', '--json']);
    expect(new Set(own.jsonOf(AuditPageSchema).items.map((entry) => entry.account))).toEqual(
      new Set(['acme']),
    );
    const all = await asOperator(['audit', '--action', 'account.create']);
    expect(all.stdout).toMatch(/^no\. +when +account +what +to +who +changes\n/);
    expect(all.stdout).toContain('account made');
    expect(own.stdout).not.toMatch(/[ps]k\.ey/);
  });

  it('refuses a kind of change that there is not, and names those that there are', async () => {
    const refused = await installation.run(['audit', '--action', 'token.delete']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      '--action: "token.delete" is not one of account.create, account.suspend',
    );
  });
});
