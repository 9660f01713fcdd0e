import { type NativeToken, NativeTokenSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
let restricted: NativeToken;

beforeAll(async () => {
  installation = await startInstallation();
  const options = ['--scopes', 'styles:read', '--allow-url', 'https://acme.example', '--json'];
  restricted = (await installation.run(['token', 'create', ...options])).jsonOf(NativeTokenSchema);
});
afterAll(() => installation.remove());

const explain = (...args: string[]) => installation.run(['explain', ...args]);

describe('latchkey explain', () => {
  it('draws every check, marks the first that fails, and names the smallest fix', async () => {
    const explained = await explain(
      '--token-id',
      restricted.id,
      '--path',
      '/styles/v1/acme/streets',
      '--header',
      'Origin: https://shop.example',
    );
    expect(explained).toMatchObject({ code: 7, stderr: '' });
    expect(explained.stdout).toMatch(/^Refused: the API would answer 403 \(url_not_allowed\)\.\n/);
    expect(explained.stdout).toContain('✓ it has the scope\n');
    expect(explained.stdout).toContain('✗ the web site is allowed  ← first failing check\n');
    expect(explained.stdout).toContain('saw: Origin "https://shop.example"');
    expect(explained.stdout).toContain("Smallest fix: Add the address of the page to the token's URLs.\n");
  });

  it('reads method, address, headers and token from a pasted curl command', async () => {
    const address = `http://127.0.0.1:8421/styles/v1/acme/streets?access_token=${restricted.token}`;
    const allowed = await explain(
      '--curl',
      `curl '${address}' -H 'Origin: https://acme.example' --compressed`,
    );
    expect(allowed).toMatchObject({ code: 0 });
    expect(allowed.stdout).toMatch(/^Allowed: this request would pass\.\n/);
    expect(allowed.stdout).toContain(
      'The request meets GET /styles/v1/{account}/{style} of styles, which wants styles:read.',
    );

    const piped = await installation.run(['explain', '--curl', '-', '--json'], {
      input: `curl -e https://shop.example/ "${address}"`,
    });
    expect(piped.json()).toMatchObject({ allowed: false, reason: 'url_not_allowed' });
  });

  it('explains a lacking scope by its name, in the language of the reader', async () => {
    const args = ['explain', '--token-id', restricted.id, '--path', '/x', '--needs', 'uploads:write'];
    const english = await installation.run(args);
    expect(english.stdout).toContain('Why: The token lacks the scope uploads:write.\n');
    const chinese = await installation.run(args, { env: { LATCHKEY_LANG: 'zh' } });
    expect(chinese.stdout).toContain('原因：令牌没有权限 uploads:write。\n');
    expect(chinese.code).toBe(7);
  });

  it('warns where a secret would stand in the URL', async () => {
    const curl = `curl 'http://127.0.0.1:8421/styles/v1/acme/streets?access_token=${installation.token}'`;
    expect((await explain('--curl', curl)).stdout).toContain('A secret would stand in the URL');
  });

  it.each([
    [['--path', '/x'], 'error: Which token?'],
    [['--token-id', `c${'0'.repeat(24)}`], 'error: Which request?'],
    [['--curl', 'wget https://a.example'], 'is not a curl command'],
    [['--path', '/x', '--header', 'nonsense', '-'], '--header: "nonsense" is not a header'],
    [['--path', '/x', '--url', 'https://a.example/x'], 'exclude each other'],
  ])('refuses %j and says what is missing', async (args, sentence) => {
    const refused = await explain(...args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(sentence);
  });

  it('answers 5 for a token id of nobody', async () => {
    const missing = await explain('--token-id', `c${'0'.repeat(24)}`, '--path', '/x');
    expect(missing).toMatchObject({ code: 5, stdout: '' });
  });
});
