import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { refusalTable } from '@latchkey/core';
import { TOKENS_API_ERRORS } from '@latchkey/wire/tokens-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { runProgram } from './testing/program.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { hasSystemProgram } from './testing/system-program.ts';

const PAGE = fileURLToPath(new URL('../docs/tokens-api.md', import.meta.url));

const hasCurl = hasSystemProgram('curl', 'the curl lines of docs/tokens-api.md');

let latchkey: Latchkey;
let acme: TestAccount;
let page: string;

beforeAll(async () => {
  page = await readFile(PAGE, 'utf8');
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(() => latchkey?.stop());

/** The commands of the page: indented lines that begin with `curl`, with the lines that continue them. */
function commands(): readonly string[] {
  return [...page.matchAll(/^ {4}(curl (?:.*\\\n)*.*)$/gm)].map((match) => match[1] ?? '');
}

// Not registered rather than skipped: a skipped test would count as a silent gap.
if (hasCurl) {
  test('every curl line of the page works when pasted', async () => {
    const made = await call(`${latchkey.url}/tokens/v2/acme`, {
      method: 'POST',
      token: acme.token,
      body: { scopes: ['styles:read'] },
    });
    const env = {
      LATCHKEY: latchkey.url,
      ACCOUNT: 'acme',
      TOKEN: acme.token,
      ID: textField(made.body, 'id'),
      EXPIRES: new Date(Date.now() + 1_800_000).toISOString(),
    };
    expect(commands().length).toBe(6);
    for (const command of commands()) {
      const ran = await runProgram(
        'bash',
        ['-c', command.replace('curl', 'curl --silent --show-error --fail-with-body')],
        { env },
      );
      expect({ command, code: ran.code, output: ran.code === 0 ? '' : ran.output }).toEqual({
        command,
        code: 0,
        output: '',
      });
    }
  });
}

test('the page names every error code and message that the Tokens API has beside those of the decision', () => {
  for (const [code, { message }] of Object.entries(TOKENS_API_ERRORS)) {
    if (Object.hasOwn(refusalTable, code)) continue;
    expect(page).toContain(`\`${code}\``);
    if (!/_invalid$/.test(code) || code === 'scopes_invalid') expect(page).toContain(`\`${message}\``);
  }
});
