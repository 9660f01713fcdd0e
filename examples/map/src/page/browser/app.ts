import type { PageSettings } from '../settings.ts';
import { type CheckResult, drawChecks, runChecks } from './checks.ts';
import { element } from './element.ts';
import { mapView } from './map-view.ts';
import { refusalBanner } from './refusal-banner.ts';
import { followTheme, type Theme } from './theme.ts';
import { readTokenFacts } from './token-facts.ts';
import { uploadForm } from './upload-form.ts';

/** How often the page asks again what its token may do: a token revoked meanwhile shows within this time. */
const RECHECK_MS = 4_000;

// Written by the page's own server, see src/page/create-page.ts.
const settings = JSON.parse(element('settings', HTMLScriptElement).textContent ?? '') as PageSettings;
const field = element('token', HTMLInputElement);
const banner = refusalBanner();
let token = settings.token ?? '';
const map = mapView(banner.show, withToken);
let theme: Theme = followTheme((changed) => {
  theme = changed;
  draw(false);
});
let results: readonly CheckResult[] = [];
let latestCheck = 0;

function accountName(): string {
  return readTokenFacts(token).account ?? readTokenFacts(settings.token ?? '').account ?? 'nobody';
}

function apiUrl(path: string): string {
  return settings.apiUrl + path.replace('{account}', accountName());
}

/** An API behind a gateway never sees the token, so its documents name URLs without one. */
function withToken(url: string): string {
  const isApi = url.startsWith(`${settings.apiUrl}/`);
  if (token === '' || !isApi || new URL(url).searchParams.has('access_token')) return url;
  return `${url}${url.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
}

function draw(afresh: boolean): void {
  map.draw(withToken(apiUrl(`/styles/v1/{account}/${theme}`)), afresh);
}

function use(next: string): void {
  token = next.trim();
  results = [];
  const { kind } = readTokenFacts(token);
  field.value = token;
  element('token-kind', HTMLElement).textContent =
    token === '' ? 'Paste a token to see the map.' : `${kind}.`;
  element('token-reset', HTMLButtonElement).hidden = settings.token === undefined || token === settings.token;
  element('account', HTMLElement).textContent = `${accountName()} · ${new URL(settings.apiUrl).host}`;
  banner.clear();
  drawChecks(settings.checks, results);
  draw(true);
  void recheck();
}

/** Asks each API again; draws the map anew when it may be drawn again, or when its style has changed (an upload). */
async function recheck(): Promise<void> {
  latestCheck += 1;
  const thisCheck = latestCheck;
  const fresh = await runChecks(settings.checks, (path) => withToken(apiUrl(path)));
  if (thisCheck !== latestCheck) return;
  const before = results;
  results = fresh;
  drawChecks(settings.checks, results);
  const refused = results.find(isRefusedToMap);
  if (refused?.refusal !== undefined) banner.show(refused.refusal);
  else if (before.some(isRefusedToMap)) {
    banner.clear();
    draw(true);
  } else if (before.length > 0 && contentOf(before) !== contentOf(fresh)) {
    draw(false);
  }
}

/** Differs when the style does: an upload came or went. */
function contentOf(checked: readonly CheckResult[]): string {
  return checked.map(({ check, text }) => (check.mapNeedsIt ? text : '')).join('\n');
}

function isRefusedToMap({ check, refusal }: CheckResult): boolean {
  return check.mapNeedsIt && refusal !== undefined;
}

function fold(folded: boolean): void {
  element('panel-body', HTMLElement).hidden = folded;
  const button = element('fold', HTMLButtonElement);
  button.setAttribute('aria-expanded', String(!folded));
  button.textContent = folded ? '▾' : '▴';
}

element('token-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  use(field.value);
});
element('token-reset', HTMLButtonElement).addEventListener('click', () => use(settings.token ?? ''));
element('fold', HTMLButtonElement).addEventListener('click', () =>
  fold(!element('panel-body', HTMLElement).hidden),
);
uploadForm({
  urlOf: (fileName) => `${apiUrl('/uploads/v1/{account}')}?name=${encodeURIComponent(fileName)}`,
  token: () => token,
  onRefusal: banner.show,
  onUploaded: (bounds) => {
    map.showBounds(bounds);
    void recheck();
  },
});
fold(matchMedia('(max-width: 760px)').matches);
use(token);
setInterval(() => {
  if (!document.hidden) void recheck();
}, RECHECK_MS);
