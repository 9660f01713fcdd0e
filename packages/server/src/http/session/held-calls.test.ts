import { afterEach, expect, test } from 'vitest';
import { openBrowser } from '../testing/browser.ts';
import { EMAIL, PASSWORD, startWithFirstPerson } from '../testing/first-person.ts';
import { type HeldCall, holdCall } from '../testing/held-call.ts';
import { openMailbox, tokenIn } from '../testing/mailbox.ts';
import { prove } from '../testing/staff.ts';

const NEW_PASSWORD = 'seven quiet otters in a tram';
const THIEFS_PASSWORD = 'nine loud herons on a bus';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

/** The owner, and a thief who is signed in with the owner's password and has shown it again. */
async function startWithThief() {
  const mailbox = await openMailbox();
  const { server, browser: owner } = await startWithFirstPerson({
    environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp },
  });
  closing.push(server, mailbox);
  await mailbox.next();
  const thief = openBrowser(server.url);
  await thief.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  await prove(thief, 'secrets');
  await prove(thief, 'members');
  return { server, mailbox, owner, thief };
}
type Scene = Awaited<ReturnType<typeof startWithThief>>;

/** Whatever ends the thief's session. */
const ENDINGS: readonly (readonly [string, (scene: Scene) => Promise<number>])[] = [
  [
    'the password is set anew by mail',
    async ({ server, mailbox }) => {
      const elsewhere = openBrowser(server.url);
      await elsewhere.call('POST', '/v1/password/forgotten', { email: EMAIL });
      const body = { token: tokenIn(await mailbox.next()), password: NEW_PASSWORD };
      return (await elsewhere.call('POST', '/v1/password/reset', body)).status;
    },
  ],
  [
    'the password is changed',
    async ({ owner }) => {
      const body = { current: PASSWORD, password: NEW_PASSWORD };
      return (await owner.call('POST', '/v1/password', body)).status;
    },
  ],
  ['all other sessions are ended', async ({ owner }) => (await owner.call('DELETE', '/v1/sessions')).status],
  ['the session is signed out', async ({ thief }) => (await thief.call('DELETE', '/v1/session')).status],
];

/** What the thief holds back, the last byte of it. */
const CALLS: readonly (readonly [what: string, method: string, path: string, body: unknown])[] = [
  ['makes no token', 'POST', '/v1/tokens', { scopes: ['tokens:read', 'tokens:write'] }],
  ['invites nobody', 'POST', '/v1/invitations', { email: 'eve@example.com', role: 'owner' }],
  ['sets no password', 'POST', '/v1/password', { current: PASSWORD, password: THIEFS_PASSWORD }],
  ['begins no second factor', 'POST', '/v1/second-factor', { password: PASSWORD }],
  ['changes no name', 'PATCH', '/v1/person', { name: 'Eve' }],
  ['shows nothing again', 'POST', '/v1/session/step-up', { class: 'bulk', password: PASSWORD }],
];

test.each(ENDINGS)('a call that was held back until %s is a call of nobody', async (_how, end) => {
  const scene = await startWithThief();
  const { server, thief } = scene;
  const held = new Map<string, HeldCall>();
  for (const [what, method, path, body] of CALLS)
    held.set(what, await holdCall(server.url, thief, method, path, body));
  const before = await server.auditLength();
  expect(await end(scene)).toBe(204);
  const answers: Record<string, unknown> = {};
  for (const [what, call] of held) answers[what] = await call.finish();
  const refused = (code: string) => [401, code];
  expect(answers).toEqual({
    'makes no token': refused('unauthorized'),
    'invites nobody': refused('unauthorized'),
    'sets no password': refused('not_signed_in'),
    'begins no second factor': refused('not_signed_in'),
    'changes no name': refused('not_signed_in'),
    'shows nothing again': refused('not_signed_in'),
  });
  expect(await server.auditLength()).toBe(before);
});

test('a call that is held back while its session goes on is done', async () => {
  const { server, thief } = await startWithThief();
  for (const [, method, path, body] of CALLS.slice(0, 2)) {
    const held = await holdCall(server.url, thief, method, path, body);
    expect((await held.finish())[0]).toBe(201);
  }
});
