import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import { canonicalPath, isPathWithin } from './canonical-path.ts';
import type { Evidence, NoEvidence } from './evidence.ts';
import { readEvidence, visiblePagePath } from './evidence.ts';
import { formatOrigin } from './origin.ts';
import { listed, quoted } from './quote.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';
import type { UrlIndex } from './url-index.ts';
import { rulesFor, rulesForHost } from './url-index.ts';
import type { UrlRule } from './url-rule.ts';

/** A page's path longer than this matches no rule that has a path: the work a header can cause stays small. */
const PAGE_PATH_LIMIT = 2048;

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

function judge(index: UrlIndex, request: CheckRequest, evidence: Evidence): RestrictionRefusal | undefined {
  const rules = rulesFor(index, evidence.origin);
  if (rules.length === 0) return notListed(index, evidence);
  for (const rule of rules) if (rule.path === undefined) return undefined;
  const page = visiblePagePath(request, evidence);
  if (page === undefined) return index.strictPaths ? pathNotVisible(rules, evidence) : undefined;
  const path = page.length > PAGE_PATH_LIMIT ? undefined : canonicalPath(page);
  if (path === undefined) return pathNotCanonical(page, rules);
  for (const rule of rules) if (rule.path !== undefined && isPathWithin(path, rule.path)) return undefined;
  return {
    reason: 'url_not_allowed',
    detail: `The page's path ${quoted(page)} is outside what this token allows there: ${listed(rules.map((rule) => rule.entry))}.`,
  };
}

function notListed(index: UrlIndex, evidence: Evidence): RestrictionRefusal {
  const saw = `${evidence.header} is ${quoted(formatOrigin(evidence.origin))}`;
  const near = rulesForHost(index, evidence.origin.host);
  const detail =
    near.length === 0
      ? `${saw}, which this token does not list. It allows ${entriesOf(index)}.`
      : `${saw}: the host is listed, but not with this scheme and port. The token allows ${listed(near.map((rule) => rule.entry))}.`;
  return { reason: 'url_not_allowed', detail };
}

function pathNotVisible(rules: readonly UrlRule[], evidence: Evidence): RestrictionRefusal {
  return {
    reason: 'path_not_visible',
    detail:
      `${evidence.header} shows only the origin ${quoted(formatOrigin(evidence.origin))}, and this token wants to see a path of ` +
      `${listed(rules.map((rule) => rule.entry))}. Drop the path from the entry, or serve page and API from one origin.`,
  };
}

function pathNotCanonical(page: string, rules: readonly UrlRule[]): RestrictionRefusal {
  return {
    reason: 'url_not_allowed',
    detail:
      `The page's path ${quoted(page)} is too long or has no single meaning (empty or dot segments, encoded slashes), so it cannot be ` +
      `matched with ${listed(rules.map((rule) => rule.entry))}.`,
  };
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
  return listed(index.rules.map((rule) => rule.entry));
}
