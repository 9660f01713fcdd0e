import { expect, test } from 'vitest';
import { createLog } from './create-log.ts';

const TOKEN = 'sk.eyJ1IjoiYSJ9.AAAAAAAAAAAAAAAAAAAAAA';

test('a token is cut out wherever it stands: message, field, error text, stack', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  log.info({ url: `/x?access_token=${TOKEN}` }, `token ${TOKEN}`);
  log.error({ err: new Error(`bad header Bearer ${TOKEN}`) }, 'failed');
  log.info({ headers: { authorization: 'Basic eDp5', cookie: 'session=1' }, password: 'hunter2' }, 'call');
  const text = lines.join('');
  expect(lines).toHaveLength(3);
  for (const secret of [TOKEN, 'eyJ1', 'eDp5', 'session=1', 'hunter2']) expect(text).not.toContain(secret);
  expect(text).toContain('token [token]');
});
