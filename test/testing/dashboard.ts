import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Session } from '@latchkey/wire/native';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../packages/server/src/http/testing/start-test-server.ts';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { launchChromium } from '../browser/chromium.ts';

export type Theme = 'light' | 'dark';
export type Language = 'en' | 'zh';
export type Role = Session['accounts'][number]['role'];

export interface View {
  readonly theme?: Theme | undefined;
  readonly language?: Language | undefined;
  /** Pixels; 1280 by 800 where left out, 360 by 740 is a small phone. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface Reader {
  /** Of the account that the page is about. */
  readonly token: string;
  readonly account: string;
  readonly role?: Role | undefined;
  readonly kind?: 'operator' | 'customer' | undefined;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The first person of a server, once {@link makeOwner} made her. */
export const OWNER = {
  email: 'ada@acme.example',
  name: 'Ada Lovelace',
  password: 'violet harbour 27 lanterns',
} as const;

/** Makes the first person by the setup link, without a browser. */
export async function makeOwner({ url, setupUrl }: TestServer): Promise<void> {
  const answer = await fetch(`${url}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ ...OWNER, token: setupUrl?.split('#')[1] }),
  });
  if (answer.status !== 201) throw new Error(`setup: ${answer.status} ${await answer.text()}`);
}

/** A real server with the built dashboard, and a real Chromium in front of it. */
export interface DashboardWorld {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens `path` (`/a/acme/tokens`) for nobody in particular. The page's errors and refused content are in `errors`. */
  open(path: string, view?: View): Promise<DashboardPage>;
  /** Opens `path` and signs in with the form. The first person, who owns the operator's account, is {@link OWNER}; see {@link makeOwner}. */
  openSignedIn(person: Credentials, path: string, view?: View): Promise<DashboardPage>;
  /** Opens `path` as a member of the account that `reader.token` belongs to. */
  openAs(reader: Reader, path: string, view?: View): Promise<DashboardPage>;
  close(): Promise<void>;
}

export interface DashboardPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: exceptions, console errors, content that the security policy refused. */
  readonly errors: readonly string[];
  /** In both themes, serious or not: every violation of WCAG 2.2 A and AA that axe finds, as one line each. */
  violations(): Promise<readonly string[]>;
  /** Of the whole page, or of what the window shows. Into the folder that `LATCHKEY_SCREENSHOTS` names; nowhere where it is not set. */
  screenshot(name: string, part?: 'page' | 'window'): Promise<void>;
  close(): Promise<void>;
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The dashboard is built first where its sources changed. Close it when done. */
export async function startDashboard(options: TestServerOptions = {}): Promise<DashboardWorld> {
  const build = buildDashboard();
  if (build.status === 'failed') throw new Error(`the dashboard could not be built:\n${build.output}`);
  const server = await startTestServer(options);
  const browser = await launchChromium();

  async function openIn(context: BrowserContext, path: string, view: View): Promise<DashboardPage> {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // A refused call is told by the browser too; what the page makes of it is the page's own matter.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        errors.push(message.text());
    });
    await page.goto(`${server.url}/dashboard${path}`);
    return {
      page,
      context,
      errors,
      violations: () => violationsInBothThemes(page, view.theme ?? 'light'),
      async screenshot(name, part = 'page') {
        const folder = process.env.LATCHKEY_SCREENSHOTS;
        if (folder === undefined) return;
        await page.screenshot({
          path: join(folder, `${name}-${view.theme ?? 'light'}-${view.language ?? 'en'}.png`),
          fullPage: part === 'page',
        });
      },
      close: () => context.close(),
    };
  }

  return {
    server,
    browser,
    async open(path, view = {}) {
      const context = await newContext(browser, view);
      return openIn(context, path, view);
    },
    async openSignedIn({ email, password }, path, view = {}) {
      const opened = await openIn(await newContext(browser, view), path, view);
      const { page } = opened;
      await page.locator('input[type=email]').fill(email);
      await page.locator('input[type=password]').fill(password);
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`**/dashboard${path}`);
      return opened;
    },
    async openAs(reader, path, view = {}) {
      const context = await newContext(browser, view, { authorization: `Bearer ${reader.token}` });
      await context.route(`${server.url}/v1/session`, (route) =>
        route.fulfill({ json: sessionOf(reader, view.language ?? 'en') }),
      );
      return openIn(context, path, view);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function newContext(
  browser: Browser,
  { theme = 'light', language = 'en', width = 1280, height = 800 }: View,
  extraHTTPHeaders: Readonly<Record<string, string>> = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Europe/Vienna',
    extraHTTPHeaders,
  });
  // Only a failure waits so long; a machine that has much to do must not be one.
  context.setDefaultTimeout(30_000);
  tellWhereItFails(context);
  return context;
}

/** What the pages of a test show when it fails: whoever reads of it has no picture of them. */
function tellWhereItFails(context: BrowserContext): void {
  if (expect.getState().currentTestName === undefined) return;
  onTestFailed(async () => {
    for (const page of context.pages())
      process.stderr.write(`${page.url()} shows:\n${await page.innerText('body')}\n`);
  });
}

function sessionOf({ account, role = 'owner', kind = 'customer' }: Reader, language: Language): Session {
  const now = Date.now();
  return {
    person: {
      id: 'person-1',
      email: 'ada@acme.example',
      name: 'Ada Lovelace',
      emailVerified: true,
      secondFactor: false,
      language,
    },
    session: {
      id: 'session-1',
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 86_400_000).toISOString(),
    },
    accounts: [{ name: account, kind, status: 'active', role }],
    stepUps: [],
  };
}

async function violationsInBothThemes(page: Page, theme: Theme): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Until a frame was drawn in it, some colours are still those of the other theme.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    found.push(...(await violationsOf(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: theme });
  return found;
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  // What the debugger evaluates is not held to the page's security policy, which stays as it is.
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { readonly axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`,
      ),
    );
  });
}
