import { afterEach, expect, test } from 'vitest';
import { openBrowser } from '../testing/browser.ts';
import { EMAIL, type FirstPerson, PASSWORD, startWithFirstPerson } from '../testing/first-person.ts';

let first: FirstPerson;
afterEach(() => first.server.close());

const start = (perMinute: number) =>
  startWithFirstPerson({ environment: { LATCHKEY_RATE_LIMIT_ANONYMOUS_PER_MINUTE: String(perMinute) } });

const CREDENTIALS = { email: EMAIL, password: PASSWORD };

test('nothing that pages of other sites, or calls without a token, can spend keeps anybody from signing in', async () => {
  first = await start(2);
  const { url } = first.server;
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) {
    statuses.push((await first.server.call('/v1/tokens', { headers: foreign })).status);
    await openBrowser(url).call('POST', '/v1/session', CREDENTIALS, foreign);
  }
  expect(statuses).toContain(429);
  expect((await openBrowser(url).call('POST', '/v1/session', CREDENTIALS)).status).toBe(200);
});

test('an address whose tries are spent can still sign out, but not go on trying', async () => {
  first = await start(3);
  const other = openBrowser(first.server.url);
  const statuses: number[] = [];
  for (const password of [PASSWORD, 'wrong', 'wrong']) {
    statuses.push((await other.call('POST', '/v1/session', { email: EMAIL, password })).status);
  }
  expect(statuses).toEqual([200, 401, 429]);
  for (let count = 0; count < 5; count++) {
    expect((await other.call('DELETE', '/v1/session')).status).toBe(204);
  }
  expect((await first.browser.call('DELETE', '/v1/session')).status).toBe(204);
  expect((await first.browser.call('GET', '/v1/session')).status).toBe(401);
});
