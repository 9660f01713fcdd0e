import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, OWNER, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
});

afterAll(() => world?.close());

test('the setup link makes the first person, and its secret does not stay in the address', async () => {
  const path = world.server.setupUrl?.split('/dashboard')[1] ?? '';
  const { page, screenshot, violations, errors, close } = await world.open(path);
  await page.getByRole('heading', { name: 'Welcome to Latchkey' }).waitFor();
  expect(page.url()).toBe(`${world.server.url}/dashboard/setup`);
  await screenshot('setup');
  expect(await violations()).toEqual([]);

  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('E-mail address').fill(OWNER.email);
  await page.getByLabel('New password').fill('too short');
  await page.getByRole('button', { name: 'Create owner and sign in' }).click();
  await page.getByRole('alert').getByText('Choose a password of at least 15 characters').waitFor();
  await screenshot('setup-refused');
  expect(await violations()).toEqual([]);

  await page.getByLabel('New password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Create owner and sign in' }).click();
  await page.waitForURL('**/dashboard/a/operator/**');
  await page.getByRole('button', { name: OWNER.name }).waitFor();
  expect(errors).toEqual([]);
  await close();

  const again = await world.open(path);
  await again.page.getByRole('heading', { name: 'This installation is set up already' }).waitFor();
  await again.close();
});

test('the session cookie is kept from scripts, and signing out ends it', async () => {
  const { page, context, errors, close } = await world.openSignedIn(OWNER, '/a/operator/settings');
  const [cookie] = (await context.cookies()).filter(({ name }) => name === '__Host-latchkey_session');
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.getByRole('button', { name: OWNER.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/dashboard/sign-in');
  await page.goto(`${world.server.url}/dashboard/a/operator/settings`);
  await page.waitForURL('**/dashboard/sign-in?**');
  await page.getByLabel('Password', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test('whoever was led to the sign-in comes to the page that they wanted, and to no foreign one', async () => {
  const { page, close } = await world.openSignedIn(OWNER, '/me');
  await page.getByRole('heading', { name: 'Profile and security' }).waitFor();
  await close();

  const led = await world.open('/sign-in?next=https://elsewhere.example/');
  await led.page.getByLabel('E-mail address').fill(OWNER.email);
  await led.page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await led.page.getByRole('button', { name: 'Sign in' }).click();
  await led.page.waitForURL('**/dashboard/a/operator/**');
  expect(new URL(led.page.url()).origin).toBe(world.server.url);
  await led.close();
});

test('a wrong password is refused in the same words as an unknown address, and many are made to wait', async () => {
  const { page, screenshot, violations, close } = await world.open('/sign-in');
  const tryWith = async (email: string) => {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the right password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    return alert.innerText();
  };
  const withoutRequest = (text: string) => text.replace(/Request .*/, '');
  const known = withoutRequest(await tryWith(OWNER.email));
  await page.reload();
  expect(withoutRequest(await tryWith('nobody@acme.example'))).toBe(known);
  await screenshot('sign-in-refused');
  await page.reload();
  // The first failures are free; then each one lengthens the wait.
  for (let count = 0; count < 12; count += 1) {
    if ((await tryWith('nobody@acme.example')).includes('Too many failed tries')) break;
    await page.reload();
  }
  await page.getByText('Too many failed tries').waitFor();
  await page.getByText('The next try is possible in').waitFor();
  await screenshot('sign-in-wait');
  expect(await violations()).toEqual([]);
  await close();
});

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)('the ways in are accessible in $language', async (view) => {
  for (const path of ['/sign-in', '/forgotten', '/reset#token', '/setup', '/verify-email']) {
    const { page, screenshot, violations, close } = await world.open(path, view);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await screenshot(`gate${path.replaceAll('/', '-').split('#')[0]}`);
    expect(await violations(), path).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBe(0);
    await close();
  }
});

test.each(VIEWS)('the page about oneself is accessible in $language', async (view) => {
  const { page, screenshot, violations, errors, close } = await world.openSignedIn(OWNER, '/me', view);
  await page
    .getByRole('listitem')
    .getByText(view.language === 'zh' ? '当前' : 'This one')
    .waitFor();
  await screenshot('me');
  expect(await violations()).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});
