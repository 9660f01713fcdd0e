import { openBrowser, type TestBrowser } from './browser.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './start-test-server.ts';

export const EMAIL = 'ada@example.com';
export const PASSWORD = 'violet harbour 27 lanterns';

/** A server and its first person, who is signed in in a browser. */
export interface FirstPerson {
  readonly server: TestServer;
  readonly browser: TestBrowser;
}

export async function startWithFirstPerson(options?: TestServerOptions): Promise<FirstPerson> {
  const server = await startTestServer(options);
  const browser = openBrowser(server.url);
  const answer = await browser.call('POST', '/v1/setup', {
    token: setupTokenOf(server),
    email: EMAIL,
    name: 'Ada',
    password: PASSWORD,
  });
  if (answer.status !== 201) throw new Error(`the first person was not made: ${JSON.stringify(answer.json)}`);
  return { server, browser };
}

export function setupTokenOf(server: TestServer): string {
  return server.setupUrl?.split('#')[1] ?? '';
}
