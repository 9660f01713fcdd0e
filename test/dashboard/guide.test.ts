import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardPage, type DashboardWorld, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
});

afterAll(() => world?.close());

const CHAPTERS = [
  ['tokens', 'What a token is', '什么是令牌'],
  ['scopes', 'Scopes', '权限'],
  ['url-restrictions', 'URL restrictions', '网址限制'],
  ['rotation', 'Rotation', '轮换'],
  ['managing', 'Making and managing tokens', '创建和管理令牌'],
  ['least-privilege', 'Least privilege', '最小权限'],
  ['refusals', 'When a request is refused', '请求被拒绝时'],
] as const;

async function openChapter(chapter: string, view: Parameters<DashboardWorld['openAs']>[2]) {
  const { acme } = world.server;
  return world.openAs({ token: acme.token, account: 'acme' }, `/guide/${chapter}`, view);
}

async function headingIs(opened: DashboardPage, name: string): Promise<void> {
  await opened.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

test.each([
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const)('every chapter is drawn and accessible in $theme, $language', async (view) => {
  const opened = await openChapter('tokens', view);
  for (const [chapter, en, zh] of CHAPTERS) {
    const name = view.language === 'en' ? en : zh;
    const list = view.language === 'en' ? 'Chapters' : '章节';
    await opened.page
      .getByRole('navigation', { name: list })
      .getByRole('link', { name, exact: true })
      .click();
    await headingIs(opened, name);
    await opened.screenshot(`guide-${chapter}-${'width' in view ? 'narrow' : 'wide'}`);
    expect(await opened.violations(), chapter).toEqual([]);
  }
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('a chapter leads to the others, by its list and by links in its text, without a reload', async () => {
  const opened = await openChapter('tokens', {});
  const { page } = opened;
  await headingIs(opened, 'What a token is');
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await page.getByRole('article').getByRole('link', { name: 'URL restrictions' }).click();
  await headingIs(opened, 'URL restrictions');
  await page.getByRole('navigation', { name: 'Chapters' }).getByRole('link', { name: 'Rotation' }).click();
  await headingIs(opened, 'Rotation');
  expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true);
  await opened.close();
});

test('what can be tried out is judged by the rules that requests are judged by', async () => {
  const opened = await openChapter('url-restrictions', {});
  const { page } = opened;
  const entry = page.getByLabel('Entry of the token');
  const address = page.getByLabel('Address of the page that sends the request');
  await page.getByText('Accepted', { exact: true }).waitFor();
  await address.fill('https://shop.example.evil.example/');
  await page.getByText('Refused', { exact: true }).waitFor();
  await entry.fill('*');
  await page.getByText('This is not a valid entry').waitFor();
  await page.goto(`${world.server.url}/dashboard/guide/scopes`);
  await page.getByText('This will be a public token.').waitFor();
  await page.getByLabel('uploads:write').check();
  await page.getByText('This will be a secret token').waitFor();
  await page.goto(`${world.server.url}/dashboard/guide/refusals`);
  await page.getByText('url_not_allowed').first().waitFor();
  await page.getByText('without a token').click();
  await page.getByText('Not Authorized - No Token').waitFor();
  await opened.close();
});

test('the language is switched on the spot, and remembered', async () => {
  const opened = await openChapter('rotation', {});
  const { page } = opened;
  await headingIs(opened, 'Rotation');
  await page.getByRole('button', { name: /Ada Lovelace/ }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await headingIs(opened, '轮换');
  expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
  await page.reload();
  await headingIs(opened, '轮换');
  await opened.close();
});
