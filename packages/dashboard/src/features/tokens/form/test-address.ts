import {
  type CheckRequest,
  compileRestrictions,
  type DenyReason,
  decide,
  makeTokenId,
  parseAccountName,
  readOrigin,
  readUrlRule,
  TOKEN_ID_RANDOM_BYTES,
  type TraceStep,
  type UrlRule,
} from '@latchkey/core';

/** A request that a page makes, as browsers make it: docs/url-restrictions.md lists what each of them shows. */
export type RequestKind = 'fetch' | 'image' | 'same_origin' | 'no_referrer';

/** Why an entry does not admit a page; `admits`: it does. */
export type EntryVerdict =
  | 'admits'
  | 'other_host'
  | 'subdomains_only'
  | 'other_scheme'
  | 'other_port'
  | 'other_path';

export interface TestedRequest {
  readonly kind: RequestKind;
  readonly allowed: boolean;
  readonly reason: DenyReason | undefined;
  /** What was seen and what would pass, in English. */
  readonly detail: string | undefined;
  /** The step of the decision that looks at the page. */
  readonly step: TraceStep | undefined;
}

export interface TestedAddress {
  /** `https://app.example.com`. */
  readonly origin: string;
  readonly path: string;
  readonly requests: readonly TestedRequest[];
  readonly entries: readonly { readonly entry: string; readonly verdict: EntryVerdict }[];
}

/**
 * Judges a page's address by a list of canonical entries, with the code that verifiers decide with. Undefined where the text
 * is no address of a page. `https` is assumed where no scheme is written.
 */
export function testAddress(
  text: string,
  entries: readonly string[],
  strictPaths: boolean,
): TestedAddress | undefined {
  const page = readPage(text);
  if (page === undefined) return undefined;
  const restrictions = compileRestrictions(
    entries.length === 0 ? [] : [{ kind: 'urls', entries, strictPaths }],
  );
  const requests = KINDS.map((kind) => judge(kind, page, restrictions));
  return {
    origin: page.origin,
    path: page.path,
    requests,
    entries: entries.map((entry) => ({ entry, verdict: verdictOf(entry, page) })),
  };
}

interface Page {
  readonly origin: string;
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

const KINDS = ['fetch', 'image', 'same_origin', 'no_referrer'] as const satisfies readonly RequestKind[];

function readPage(text: string): Page | undefined {
  const written = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (written === '' || !URL.canParse(whole)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(whole);
  const origin = `${protocol}//${host}`;
  if (hostname === '' || readOrigin(origin) === undefined) return undefined;
  return { origin, scheme: protocol.slice(0, -1), host: hostname, path: pathname };
}

function judge(
  kind: RequestKind,
  page: Page,
  restrictions: ReturnType<typeof compileRestrictions>,
): TestedRequest {
  const trace: TraceStep[] = [];
  const record = {
    id: makeTokenId(new Uint8Array(TOKEN_ID_RANDOM_BYTES)),
    account: { name: SOME_ACCOUNT, suspended: false },
    usage: 'pk' as const,
    revoked: false,
    bad: undefined,
    scopes: [],
    restrictions,
    expires: Number.POSITIVE_INFINITY,
    revision: 0,
  };
  const policy = { requires: [], secretInQuery: 'flag' as const, publicOrigin: undefined };
  const decision = decide(record, requestOf(kind, page), policy, 0, trace);
  return {
    kind,
    allowed: decision.allow,
    reason: decision.allow ? undefined : decision.reason,
    detail: decision.allow ? undefined : decision.detail,
    step: trace.find(({ check }) => check === 'url'),
  };
}

const SOME_ACCOUNT = accountName();

function accountName() {
  const name = parseAccountName('someone');
  if (name === undefined) throw new TypeError('the name of an account is refused');
  return name;
}

function requestOf(kind: RequestKind, { origin, path }: Page): CheckRequest {
  const shown = {
    fetch: { origin, referer: `${origin}/`, secFetchSite: 'cross-site' },
    image: { origin: undefined, referer: `${origin}/`, secFetchSite: 'cross-site' },
    same_origin: { origin: undefined, referer: `${origin}${path}`, secFetchSite: 'same-origin' },
    no_referrer: { origin: undefined, referer: undefined, secFetchSite: 'cross-site' },
  }[kind];
  return {
    method: 'GET',
    path: '/',
    authorization: undefined,
    queryToken: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: undefined,
    ...shown,
  };
}

/** Tells of one entry what the decision tells of the list; the path counts as it would where it can be seen. */
function verdictOf(entry: string, page: Page): EntryVerdict {
  const rule = readUrlRule(entry);
  if (rule === undefined) return 'other_host';
  if (admits(entry, page)) return 'admits';
  const reach = reachOf(rule, page.host);
  if (reach !== 'within') return reach;
  const withoutPath = rule.path === undefined ? entry : entry.slice(0, -rule.path.length);
  if (withoutPath !== entry && admits(withoutPath, page)) return 'other_path';
  const isOtherScheme = rule.scheme !== undefined && rule.scheme !== page.scheme;
  return isOtherScheme ? 'other_scheme' : 'other_port';
}

function admits(entry: string, page: Page): boolean {
  const restrictions = compileRestrictions([{ kind: 'urls', entries: [entry], strictPaths: true }]);
  return judge('same_origin', page, restrictions).allowed;
}

function reachOf({ host: own, reach }: UrlRule, host: string): 'within' | 'other_host' | 'subdomains_only' {
  if (host === own) return reach === 'below' ? 'subdomains_only' : 'within';
  return reach !== 'exact' && host.endsWith(`.${own}`) ? 'within' : 'other_host';
}
