import type { Origin } from './origin.ts';
import { defaultPort } from './origin.ts';
import type { UrlRule } from './url-rule.ts';

/** The URL entries of a token, ready to be matched: rules by host, so that a request's host is found by label suffixes. */
export interface UrlIndex {
  readonly rules: readonly UrlRule[];
  readonly byHost: ReadonlyMap<string, readonly UrlRule[]>;
  /** Labels of the host that has most: longer suffixes need no look-up. */
  readonly mostLabels: number;
  /** A rule's path must be seen; an origin alone is not enough. */
  readonly strictPaths: boolean;
}

const NONE: readonly UrlRule[] = Object.freeze([]);

export function buildUrlIndex(rules: readonly UrlRule[], strictPaths: boolean): UrlIndex {
  const byHost = new Map<string, UrlRule[]>();
  let mostLabels = 0;
  for (const rule of rules) {
    const sameHost = byHost.get(rule.host);
    if (sameHost === undefined) byHost.set(rule.host, [rule]);
    else sameHost.push(rule);
    mostLabels = Math.max(mostLabels, rule.host.split('.').length);
  }
  return { rules, byHost, mostLabels, strictPaths };
}

/** The rules that admit an origin, paths aside. */
export function rulesFor(index: UrlIndex, origin: Origin): readonly UrlRule[] {
  return collect(index, origin.host, (rule) => admitsScheme(rule, origin) && admitsPort(rule, origin));
}

/** The rules whose host admits `host`, whatever their scheme and port: to tell how near a refused request came. */
export function rulesForHost(index: UrlIndex, host: string): readonly UrlRule[] {
  return collect(index, host, () => true);
}

function collect(index: UrlIndex, host: string, admits: (rule: UrlRule) => boolean): readonly UrlRule[] {
  let found: UrlRule[] | undefined;
  let dot = host.length;
  for (let labels = 1; labels <= index.mostLabels && dot > 0; labels++) {
    dot = host.lastIndexOf('.', dot - 1);
    const isWhole = dot < 0;
    const rules = index.byHost.get(isWhole ? host : host.slice(dot + 1));
    if (rules === undefined) continue;
    for (const rule of rules) {
      if (rule.reach !== 'tree' && (rule.reach === 'exact') !== isWhole) continue;
      if (!admits(rule)) continue;
      if (found === undefined) found = [rule];
      else found.push(rule);
    }
  }
  return found ?? NONE;
}

function admitsScheme(rule: UrlRule, origin: Origin): boolean {
  if (rule.scheme !== undefined) return rule.scheme === origin.scheme;
  return origin.scheme === 'https' || origin.scheme === 'http';
}

function admitsPort(rule: UrlRule, origin: Origin): boolean {
  if (rule.port === 'any') return true;
  return origin.port === (rule.port === 'default' ? defaultPort(origin.scheme) : rule.port);
}
