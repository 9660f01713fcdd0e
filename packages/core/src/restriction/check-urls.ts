import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import { canonicalPath, isPathWithin } from './canonical-path.ts';
import type { Evidence, NoEvidence } from './evidence.ts';
import { isRepeated, readEvidence, visiblePagePath } from './evidence.ts';
import { formatOrigin } from './origin.ts';
import { listed, quoted } from './quote.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';
import type { UrlIndex } from './url-index.ts';
import { hasPage, rulesFor, rulesForHost, someRuleFor } from './url-index.ts';
import type { UrlRule } from './url-rule.ts';

/** A page's path longer than this matches no rule that has a path: the work a header can cause stays small. */
const PAGE_PATH_LIMIT = 1024;

/**
 * Judges a request's browser evidence by a token's URL entries; undefined: it may pass. Never throws.
 * @param publicOrigin the API's own origin, the evidence of a same-origin request that has neither `Origin` nor `Referer`
 */
export function checkUrls(
  index: UrlIndex,
  request: CheckRequest,
  publicOrigin: string | undefined,
  trace?: Trace,
): RestrictionRefusal | undefined {
  if (trace === undefined && isFromListedPage(index, request)) return undefined;
  const evidence = readEvidence(request, publicOrigin);
  const refusal = evidence.header === undefined ? refusalFor(evidence) : judge(index, request, evidence);
  trace?.push({
    check: 'url',
    outcome: refusal === undefined ? 'passed' : 'failed',
    saw: sawOf(evidence, request),
    wants: `${index.strictPaths ? 'a page, its path visible, of' : 'a page of'} ${entriesOf(index)}`,
  });
  return refusal;
}

/** Most pages are listed as browsers name them: then there is nothing to be read. */
function isFromListedPage(index: UrlIndex, { origin, referer, secFetchSite }: CheckRequest): boolean {
  if (typeof origin !== 'string' || isRepeated(referer) || isRepeated(secFetchSite)) return false;
  return hasPage(index, origin);
}

function judge(index: UrlIndex, request: CheckRequest, evidence: Evidence): RestrictionRefusal | undefined {
  let page: Page | undefined;
  const isAllowed = someRuleFor(index, evidence.origin, (rule) => {
    if (rule.path === undefined) return true;
    page ??= readPage(request, evidence);
    if (page.sent === undefined) return !index.strictPaths;
    return page.path !== undefined && isPathWithin(page.path, rule.path);
  });
  if (isAllowed) return undefined;
  if (page === undefined) return notListed(index, evidence);
  return pathRefusal(page, rulesFor(index, evidence.origin), evidence);
}

/** The path of the page. `sent`: as it was sent, undefined where it cannot be seen; `path`: undefined where it has no canonical form. */
interface Page {
  readonly sent: string | undefined;
  readonly path: string | undefined;
}

function readPage(request: CheckRequest, evidence: Evidence): Page {
  const sent = visiblePagePath(request, evidence);
  return {
    sent,
    path: sent === undefined || sent.length > PAGE_PATH_LIMIT ? undefined : canonicalPath(sent),
  };
}

function notListed(index: UrlIndex, evidence: Evidence): RestrictionRefusal {
  const saw = `${evidence.header} is ${quoted(formatOrigin(evidence.origin))}`;
  const near = rulesForHost(index, evidence.origin.host);
  const detail =
    near.length === 0
      ? `${saw}, which this token does not list. It allows ${entriesOf(index)}.`
      : `${saw}: the host is listed, but not with this scheme and port. The token allows ${listed(near, (rule) => rule.entry)}.`;
  return { reason: 'url_not_allowed', detail };
}

function pathRefusal(page: Page, rules: readonly UrlRule[], evidence: Evidence): RestrictionRefusal {
  const wanted = listed(rules, (rule) => rule.entry);
  if (page.sent === undefined) {
    const saw = `${evidence.header} shows only the origin ${quoted(formatOrigin(evidence.origin))}`;
    const waysOut = 'Drop the path from the entry, or serve page and API from one origin.';
    return {
      reason: 'path_not_visible',
      detail: `${saw}, and this token wants to see a path of ${wanted}. ${waysOut}`,
    };
  }
  const saw = `The page's path ${quoted(page.sent)}`;
  const detail =
    page.path === undefined
      ? `${saw} is too long or has no single meaning (empty or dot segments, encoded slashes); this token allows ${wanted}.`
      : `${saw} is outside what this token allows there: ${wanted}.`;
  return { reason: 'url_not_allowed', detail };
}

function refusalFor(evidence: NoEvidence): RestrictionRefusal {
  return { reason: evidence.reason, detail: evidence.detail };
}

function sawOf(evidence: Evidence | NoEvidence, request: CheckRequest): string {
  if (evidence.header === undefined) return evidence.detail;
  const page = visiblePagePath(request, evidence);
  return `${evidence.header} ${quoted(formatOrigin(evidence.origin))}, ${page === undefined ? 'path not visible' : `path ${quoted(page)}`}`;
}

function entriesOf(index: UrlIndex): string {
  return listed(index.rules, (rule) => rule.entry);
}
