import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NativeTokenSchema, RotatedTokenSchema, RotationSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

const run: Installation['run'] = (args, options) => installation.run(args, options);

async function create(): Promise<{ id: string; token: string }> {
  const made = await run(['token', 'create', '--scopes', 'uploads:write', '--note', 'deploy', '--json']);
  const { id, token = '' } = made.jsonOf(NativeTokenSchema);
  return { id, token };
}
const statusOf = async (id: string) =>
  (await run(['token', 'show', id, '--json'])).jsonOf(NativeTokenSchema).status;

describe('latchkey token rotate', () => {
  it('shows the new token once, when the old one is retired, and what to do next', async () => {
    const old = await create();
    const rotated = await run(['token', 'rotate', old.id, '--grace', '2d']);
    expect(rotated.code).toBe(0);
    const [text = ''] = /sk\.\S+/.exec(rotated.stdout) ?? [];
    expect(text).not.toBe('');
    expect(text).not.toBe(old.token);
    expect(rotated.stdout).toMatch(new RegExp(`successor of +${old.id}`));
    expect(rotated.stdout).toMatch(/retired on +\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(rotated.stderr).toContain('warning: This is the only time that it is shown.');
    expect(rotated.stderr).toContain(`latchkey token rotate status ${old.id}`);
    const shown = await run(['token', 'show', old.id]);
    expect(shown.stdout).toMatch(/replaced by +c[a-z0-9]{24}\n.*retired on +\d{4}-/);
    expect((await run(['token', 'verify'], { input: old.token })).code).toBe(0);
    expect((await run(['token', 'verify'], { input: text })).code).toBe(0);
  });

  it('keeps the new token in a file, and answers scripts with the rotation', async () => {
    const old = await create();
    const rotated = await run([
      ...['token', 'rotate', old.id, '--until-quiet', '24h', '--expires', '2099-01-31', '--out', 'new.token'],
      '--json',
    ]);
    const answer = rotated.jsonOf(RotatedTokenSchema.loose());
    expect(answer).toMatchObject({
      replaces: old.id,
      note: 'deploy',
      expires: '2099-01-31T00:00:00.000Z',
      tokenFile: 'new.token',
      rotation: { token: old.id, untilQuiet: '1d' },
    });
    expect(rotated.stdout).not.toContain('"token": "sk.');
    const text = await readFile(path.join(installation.folder, 'new.token'), 'utf8');
    expect((await run(['token', 'verify'], { input: text })).code).toBe(0);
    const again = await run(['token', 'rotate', old.id, '--json']);
    expect(again.error()).toMatchObject({ code: 'rotation_underway', exitCode: 3 });
  });

  it('asks before it ends the old token at once, and waits for verifiers where told to', async () => {
    const old = await create();
    expect((await run(['token', 'rotate', old.id, '--grace', '0s'])).code).toBe(8);
    expect(await statusOf(old.id)).toBe('active');
    const rotated = await run(['token', 'rotate', old.id, '--grace', '0s', '--yes', '--wait', '5']);
    expect(rotated.code).toBe(0);
    expect(rotated.stdout).toMatch(/Every verifier has it\.\n$/);
    expect(rotated.stderr).toContain(`${old.id} is refused from now on.`);
    expect(await statusOf(old.id)).toBe('revoked');
    const operator = { env: { LATCHKEY_TOKEN: installation.operatorToken } };
    const made = await run(['token', 'create', '--scopes', 'uploads:write', '--json'], operator);
    const { id } = made.jsonOf(NativeTokenSchema);
    const watched = await run(
      ['token', 'rotate', id, '--grace', '0s', '--yes', '--wait', '--json'],
      operator,
    );
    expect(watched.jsonOf(RotatedTokenSchema)).toMatchObject({ replaces: id, rotation: { token: id } });
  });

  it('with the same key answers the same token without its text', async () => {
    const old = await create();
    const key = ['--idempotency-key', 'rotate-once', '--json'];
    const first = (await run(['token', 'rotate', old.id, ...key])).jsonOf(RotatedTokenSchema);
    const second = await run(['token', 'rotate', old.id, ...key]);
    expect(second.jsonOf(RotatedTokenSchema)).toMatchObject({ id: first.id, code: 'secret_already_shown' });
    expect(second.stdout).not.toContain('"token": "sk.');
  });

  it.each([
    [['--grace', '1d', '--until-quiet', '1d'], 2, 'exclude each other'],
    [['--grace', 'soon'], 2, 'is not a duration; write 45s, 30m, 12h or 90d'],
    [['--grace', '31d'], 3, 'grace is 0s to 30d.'],
    [['--until-quiet', '5s'], 3, 'untilQuiet is 1m to 30d.'],
  ])('refuses %j with %i and says why', async (options, code, sentence) => {
    const old = await create();
    const refused = await run(['token', 'rotate', old.id, ...options]);
    expect(refused).toMatchObject({ code, stdout: '' });
    expect(refused.stderr).toContain(sentence);
  });
});

describe('latchkey token rotate status, change and undo', () => {
  async function rotated() {
    const old = await create();
    const { id } = (await run(['token', 'rotate', old.id, '--json'])).jsonOf(RotatedTokenSchema);
    return { old: old.id, successor: id };
  }

  it('show a rotation by either token, and who still uses the old one', async () => {
    const { old, successor } = await rotated();
    for (const id of [old, successor]) {
      const shown = await run(['token', 'rotate', 'status', id]);
      expect(shown.stdout).toMatch(new RegExp(`^old token +${old}\\nsuccessor +${successor}\\n`));
      expect(shown.stdout).toContain('Nobody has used the old token since');
    }
    const told = (await run(['token', 'rotate', 'status', old, '--json'])).jsonOf(RotationSchema);
    expect(told).toMatchObject({ token: old, replacedBy: successor, usedBy: [] });
    const chinese = await run(['--lang', 'zh', 'token', 'rotate', 'status', old]);
    expect(chinese.stdout).toMatch(/^旧令牌 +c/);
  });

  it('change when the old token is retired', async () => {
    const { old } = await rotated();
    const changed = await run(['token', 'rotate', 'change', old, '--until-quiet', '12h']);
    expect(changed.stdout).toContain(`Changed when ${old} is retired.`);
    expect(changed.stdout).toContain('when nobody has used it for 12h; not before');
    const nothing = await run(['token', 'rotate', 'change', old]);
    expect(nothing).toMatchObject({ code: 2, stdout: '' });
    expect(nothing.stderr).toContain('--grace or --until-quiet');
  });

  it('undo it after a question, and revoke the successor', async () => {
    const { old, successor } = await rotated();
    expect((await run(['token', 'rotate', 'undo', old])).code).toBe(8);
    const undone = await run(['token', 'rotate', 'undo', successor, '--yes']);
    expect(undone).toMatchObject({ code: 0, stdout: `${old} stays. ${successor} was revoked.\n` });
    expect([await statusOf(old), await statusOf(successor)]).toEqual(['active', 'revoked']);
    const again = await run(['token', 'rotate', 'undo', old, '--yes', '--json']);
    expect(again.error()).toMatchObject({ code: 'rotation_not_found' });
  });

  it('undo it and keep both, without a question', async () => {
    const { old, successor } = await rotated();
    const undone = await run(['token', 'rotate', 'undo', old, '--successor', 'keep', '--json']);
    expect(undone.jsonOf(NativeTokenSchema)).toMatchObject({ id: old, status: 'active' });
    expect(await statusOf(successor)).toBe('active');
  });

  it('are explained in help', async () => {
    const help = await run(['token', 'rotate', '--help']);
    expect(help.stdout).toContain('--until-quiet <duration>');
    for (const name of ['status', 'change', 'undo']) expect(help.stdout).toMatch(new RegExp(`${name} <id>`));
    expect((await run(['token', 'rotate', 'undo', '--help'])).stdout).toContain('--successor <fate>');
  });
});
