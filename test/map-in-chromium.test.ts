import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchChromium } from './browser/chromium.ts';
import { call, textField } from './testing/call.ts';
import { type Demonstration, startDemonstration } from './testing/start-demonstration.ts';

/** Two sites of one page server: the one that the page's token is restricted to, and another. */
const ALLOWED = 'maps.acme.test';
const OTHER = 'copycat.test';
const ARTEFACTS = fileURLToPath(new URL('../test-artefacts/', import.meta.url));
/** WebGL without a graphics card takes its time, and longer where other tests run beside it. */
const LIMIT_MS = 120_000;
vi.setConfig({ testTimeout: 2 * LIMIT_MS });
const SCOPES = ['styles:read', 'styles:tiles', 'fonts:read'];

let demo: Demonstration;
let browser: Browser;
let pagePort: number;

beforeAll(async () => {
  demo = await startDemonstration(({ latchkeyUrl, account, pagePort: port }) => {
    pagePort = port;
    return makeToken(latchkeyUrl, account.token, {
      scopes: SCOPES,
      allowedUrls: [`http://${ALLOWED}:${port}`],
    });
  }, true);
  browser = await launchChromium({ localHosts: [ALLOWED, OTHER], webgl: true });
  await mkdir(ARTEFACTS, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

async function makeToken(
  latchkeyUrl: string,
  token: string,
  body: Readonly<Record<string, unknown>>,
): Promise<string> {
  return textField(
    (await call(`${latchkeyUrl}/tokens/v2/acme`, { method: 'POST', token, body })).body,
    'token',
  );
}

interface Seen {
  readonly url: URL;
  readonly status: number;
  /** Of a refusal; empty where the page took it as a blob, which the debugger cannot read. */
  readonly body: string;
}

interface View {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
}

/** Opens the page on a site and notes what the maps API answers it, its worker included. */
async function openPage(
  site: string,
  { width = 1000, height = 620, theme = 'light' }: View = {},
): Promise<{ readonly page: Page; readonly seen: readonly Seen[]; readonly errors: readonly string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(LIMIT_MS);
  const page = await context.newPage();
  const seen: Seen[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', (response) => {
    if (!response.url().startsWith(demo.map.apiUrl)) return;
    const body = response.ok() ? Promise.resolve('') : response.text();
    body.then(
      (text) => seen.push({ url: new URL(response.url()), status: response.status(), body: text }),
      () => seen.push({ url: new URL(response.url()), status: response.status(), body: '' }),
    );
  });
  await page.goto(`http://${site}:${pagePort}/`);
  return { page, seen, errors };
}

/** Waits until the map stands still with everything drawn. */
async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => window.latchkeyMap.isStyleLoaded() && window.latchkeyMap.areTilesLoaded());
  await page.evaluate(() =>
    new Promise((done) => {
      window.latchkeyMap.once('idle', done);
      window.latchkeyMap.triggerRepaint();
    }).then(() => undefined),
  );
}

/** How many features of each layer the map shows. */
function featuresByLayer(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const { layer } of window.latchkeyMap.queryRenderedFeatures())
      counts[layer.id] = (counts[layer.id] ?? 0) + 1;
    return counts;
  });
}

/** How many pixels of the map have each colour, as read from its canvas; what is not drawn at all is not counted. */
function pixelsByColour(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((done) => {
        const map = window.latchkeyMap;
        // The canvas can be read in the turn in which it was drawn only.
        map.once('render', () => {
          const source = map.getCanvas();
          const context = new OffscreenCanvas(source.width, source.height).getContext('2d');
          const counts: Record<string, number> = {};
          context?.drawImage(source, 0, 0);
          const data = context?.getImageData(0, 0, source.width, source.height).data ?? [];
          for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] === 0) continue;
            const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
            counts[colour] = (counts[colour] ?? 0) + 1;
          }
          done(counts);
        });
        map.triggerRepaint();
      }),
  );
}

const banner = (page: Page) => page.getByRole('alert');

test('a page on the site that its token is restricted to draws the whole map', async () => {
  const { page, seen, errors } = await openPage(ALLOWED);
  await drawn(page);

  const features = await featuresByLayer(page);
  expect(features.countries).toBeGreaterThan(50);
  expect(features['country-names']).toBeGreaterThan(15);
  expect(features['ocean-names']).toBeGreaterThan(0);
  const colours = await pixelsByColour(page);
  const drawnPixels = Object.values(colours).reduce((sum, count) => sum + count, 0);
  expect(drawnPixels).toBeGreaterThan(200_000);
  expect(Object.keys(colours).length).toBeGreaterThan(200);
  // The sea is the largest, and it is far from being all.
  expect(Math.max(...Object.values(colours)) / drawnPixels).toBeLessThan(0.7);

  const asked = seen.filter(({ url }) => !url.pathname.startsWith('/uploads/'));
  expect(asked.every(({ status }) => status === 200 || status === 204 || status === 304)).toBe(true);
  for (const kind of ['/styles/v1/acme/light', '/v4/world.json', '.vector.pbf', '/0-255.pbf']) {
    expect(
      asked.some(({ url }) => url.pathname.endsWith(kind)),
      kind,
    ).toBe(true);
  }
  expect(await banner(page).isVisible()).toBe(false);
  expect(errors).toEqual([]);
  await page.screenshot({ path: `${ARTEFACTS}map-light.png` });
  await page.context().close();
});

test('the same page on another site gets nothing, and shows why', async () => {
  const { page, seen } = await openPage(OTHER);
  await banner(page).waitFor();
  const said = await banner(page).textContent();
  expect(said).toContain('403');
  expect(said).toContain('Forbidden');
  expect(said).toContain('url_not_allowed');
  // The detail: where the request came from, and where the token works.
  expect(said).toContain(`http://${OTHER}:${pagePort}`);
  expect(said).toContain(`http://${ALLOWED}:${pagePort}`);
  await page.getByText('Vector tiles').waitFor();
  expect(await page.locator('#checks li[data-verdict="refused"]').count()).toBe(4);

  const forTheMap = seen.filter(({ url }) => !url.pathname.startsWith('/uploads/'));
  expect(new Set(forTheMap.map(({ status }) => status))).toEqual(new Set([403]));
  const bodies = forTheMap.flatMap(({ body }) => (body === '' ? [] : [JSON.parse(body)]));
  expect(bodies.length).toBeGreaterThan(2);
  for (const body of bodies) expect(body).toMatchObject({ message: 'Forbidden', code: 'url_not_allowed' });
  expect(await featuresByLayer(page)).toEqual({});
  await page.screenshot({ path: `${ARTEFACTS}map-refused.png` });
  await page.context().close();
});

test('it draws as well in dark and in a narrow window', async () => {
  for (const [name, view] of [
    ['map-dark', { theme: 'dark' }],
    ['map-narrow', { width: 390, height: 780 }],
  ] as const) {
    const { page, errors } = await openPage(ALLOWED, view);
    await drawn(page);
    expect((await featuresByLayer(page)).countries, name).toBeGreaterThan(50);
    expect(errors).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, name).toBe(0);
    await page.screenshot({ path: `${ARTEFACTS}${name}.png` });
    await page.context().close();
  }
});

test('an upload needs a token that may write; with a temporary one the layer appears on the map', async () => {
  const { page } = await openPage(ALLOWED);
  await drawn(page);
  const file = {
    name: 'Offices.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { name: 'Vienna' },
            geometry: { type: 'Point', coordinates: [16.37, 48.21] },
          },
          {
            type: 'Feature',
            properties: { name: 'Kraków' },
            geometry: { type: 'Point', coordinates: [19.94, 50.06] },
          },
        ],
      }),
    ),
  };
  await page.getByLabel('Put a GeoJSON file on the map').setInputFiles(file);
  await page.getByRole('button', { name: 'Upload' }).click();
  await banner(page).waitFor();
  expect(await banner(page).textContent()).toContain('This API requires a token with uploads:write scope.');

  const temporary = await makeToken(demo.latchkeyUrl, demo.account.token, {
    scopes: [...SCOPES, 'uploads:write', 'uploads:list'],
    expires: new Date(Date.now() + 1_800_000).toISOString(),
  });
  await page.getByLabel('Access token').fill(temporary);
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByText('Temporary token.').waitFor();
  await drawn(page);
  await page.getByLabel('Put a GeoJSON file on the map').setInputFiles(file);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByText('“Offices” is uploaded (features: 2).').waitFor();
  await page.waitForFunction(
    () =>
      window.latchkeyMap.queryRenderedFeatures().filter((found) => found.sourceLayer === 'upload').length >=
      2,
  );
  expect(await banner(page).isVisible()).toBe(false);
  await drawn(page);
  await page.screenshot({ path: `${ARTEFACTS}map-upload.png` });
  await page.context().close();
});

test('an open page learns that its token was revoked, and says so', async () => {
  const token = await makeToken(demo.latchkeyUrl, demo.account.token, { scopes: SCOPES });
  const { page } = await openPage(ALLOWED);
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByText('Back to this page').waitFor();
  await page.waitForFunction(
    () => document.querySelectorAll('#checks li[data-verdict=allowed]').length === 3,
  );
  const [, payload = ''] = token.split('.');
  const id = textField(JSON.parse(Buffer.from(payload, 'base64').toString()), 'a');
  const revoked = await call(`${demo.latchkeyUrl}/tokens/v2/acme/${id}`, {
    method: 'DELETE',
    token: demo.account.token,
  });
  expect(revoked.status).toBe(204);
  await banner(page).waitFor();
  const said = await banner(page).textContent();
  expect(said).toContain('401');
  expect(said).toContain('revoked');
  await page.getByRole('button', { name: 'Back to this page' }).click();
  await banner(page).waitFor({ state: 'hidden' });
  await drawn(page);
  await page.context().close();
});
