import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * The package's own arguments hold `--disable-web-security`, which would switch off what these tests are about (CORS),
 * and `--single-process`, under which a crashing page takes the browser along. So none of them are used.
 */
const ARGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-quic',
  '--disable-dev-shm-usage',
];

/** Everything is drawn by WebGL's software then, which takes nearly twice as long. */
const WITH_WEBGL = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];
const WITHOUT_WEBGL = ['--disable-gpu'];

export interface ChromiumOptions {
  /** Host names that lead to 127.0.0.1 in this browser, so that a page can stand on a site of its own. */
  readonly localHosts?: readonly string[];
  /** For pages that draw maps. */
  readonly webgl?: boolean;
}

/** A real headless Chromium with a fresh profile and with web security as users have it. The caller closes it. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const { localHosts = [], webgl = false } = options;
  const args = [...ARGS, ...(webgl ? WITH_WEBGL : WITHOUT_WEBGL)];
  const rules = localHosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ');
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: rules === '' ? args : [...args, `--host-resolver-rules=${rules}`],
  });
}
