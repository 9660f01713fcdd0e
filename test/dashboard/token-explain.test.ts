import type { NativeToken } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardPage, type DashboardWorld, startDashboard, type View } from '../testing/dashboard.ts';
import { MAP_SERVICES, startVerifier } from '../testing/used-tokens.ts';

let world: DashboardWorld;
let shop: NativeToken;
/** Of a request that a verifier refused. */
let requestId: string;

beforeAll(async () => {
  world = await startDashboard({ yaml: MAP_SERVICES });
  const { server } = world;
  shop = await server.acme.client.native.tokens.create({
    scopes: ['styles:read'],
    note: 'Shop map',
    allowedUrls: ['https://shop.example'],
  });
  const busy = await startVerifier(server, 'maps-1');
  requestId = busy.ask({ token: shop.token ?? '', origin: 'https://partner.example' });
  await busy.close();
});
afterAll(() => world?.close());

function open(path: string, view: View = {}): Promise<DashboardPage> {
  return world.openAs({ token: world.server.acme.token, account: 'acme' }, `/a/acme${path}`, view);
}

const curlFrom = (origin: string, path = '/styles/v1/acme/streets') =>
  `curl 'https://maps.example.com${path}?access_token=${shop.token}' -H 'Origin: ${origin}' -H 'Cookie: a=1'`;

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)('an explanation is drawn and accessible in $theme, $language', async (view) => {
  const opened = await open('/explain', view);
  const { page } = opened;
  await page.locator('textarea').fill(curlFrom('https://copycat.example'));
  await page.locator('button[type=submit]').click();
  await page.getByText('url_not_allowed').waitFor();
  await opened.screenshot('explain');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('a pasted curl command leads to the check that decides, and to the form with the smallest fix filled in', async () => {
  const opened = await open('/explain');
  const { page } = opened;
  await page.getByLabel('curl command, address or request id').fill(curlFrom('https://www.partner.example'));
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByRole('heading', { name: 'This request would be refused' }).waitFor();
  const deciding = page.getByRole('listitem').filter({ hasText: 'decides' });
  expect(await deciding.innerText()).toContain('https://www.partner.example');
  await page.getByRole('link', { name: 'Allow https://www.partner.example' }).click();

  await page.getByText('A change is filled in for you. Look at it, then save.').waitFor();
  await page.getByText('1 change', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const review = page.getByRole('dialog', { name: 'What changes' });
  await review.getByText('https://www.partner.example').waitFor();
  await review.getByText('wider', { exact: true }).waitFor();
  await opened.screenshot('explain-fix');
  expect(await opened.violations()).toEqual([]);
  await review.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Shop map', exact: true }).waitFor();

  const { native } = world.server.acme.client;
  expect((await native.tokens.get(shop.id)).allowedUrls).toEqual([
    'https://shop.example',
    'https://www.partner.example',
  ]);
  await opened.close();
});

test('the id of a refused request tells what was decided then', async () => {
  const opened = await open('/explain');
  const { page } = opened;
  await page.getByLabel('curl command, address or request id').fill(requestId);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByRole('heading', { name: 'This request was refused' }).waitFor();
  await page.getByRole('link', { name: 'Allow https://partner.example' }).waitFor();
  await opened.close();
});

test('from the page of a token an address alone is enough, and the token stands in no address', async () => {
  const opened = await open(`/tokens/${shop.id}`);
  const { page } = opened;
  await page
    .getByRole('region', { name: 'Explain a request' })
    .getByRole('textbox')
    .fill(`${curlFrom('https://shop.example', '/uploads/v1/acme')}`);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByText('The token lacks the scope uploads:list.').waitFor();
  // A public token cannot come to hold a secret scope.
  await page.getByRole('link', { name: 'Create another token' }).waitFor();
  expect(page.url()).not.toContain('pk.');
  await opened.close();
});

test('what would pass is said to pass', async () => {
  const opened = await open(`/explain?token=${shop.id}`);
  const { page } = opened;
  await page.getByLabel('curl command, address or request id').fill('/styles/v1/acme/streets');
  await page.getByLabel('Address of the page').fill('shop.example/cart');
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByRole('heading', { name: 'This request would be allowed' }).waitFor();
  await opened.close();
});

test('what cannot be read, and what holds no token, is said beside the field', async () => {
  const opened = await open('/explain');
  const { page } = opened;
  const field = page.getByLabel('curl command, address or request id');
  for (const [text, problem] of [
    ['hello there', 'This is neither a curl command, nor an address, nor a request id.'],
    ['/v4/world.json', 'The request holds no token. Choose the one that was sent.'],
    ["curl 'https://a.example", 'A quote in the command is not closed.'],
  ] as const) {
    await field.fill(text);
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await page.getByText(problem).waitFor();
  }
  await field.fill('11111111-2222-3333-4444-555555555555');
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByText(/No refusal with this id is known/).waitFor();
  expect(await opened.violations()).toEqual([]);
  await opened.close();
});
