import type { Origin } from './origin.ts';
import { defaultPort } from './origin.ts';
import type { UrlRule } from './url-rule.ts';

/** The URL entries of a token, ready to be matched. */
export interface UrlIndex {
  readonly rules: readonly UrlRule[];
  /** Undefined where there are so few rules that asking each of them is faster. */
  readonly hosts: HostIndex | undefined;
  /** A rule's path must be seen; an origin alone is not enough. */
  readonly strictPaths: boolean;
}

/** Rules by host, so that a request's host is found by label suffixes. */
interface HostIndex {
  readonly byHost: ReadonlyMap<string, readonly UrlRule[]>;
  /** The pages of the rules that are whole origins. */
  readonly pages: ReadonlySet<string>;
  /** Lengths of the hosts: a suffix of any other length needs no look-up. */
  readonly lengths: ReadonlySet<number>;
}

/** Most tokens have no more, and an index of so few would cost more memory than the token. */
const FEW_RULES = 4;
const DOT = 0x2e;

export function buildUrlIndex(rules: readonly UrlRule[], strictPaths: boolean): UrlIndex {
  return { rules, hosts: rules.length <= FEW_RULES ? undefined : indexHosts(rules), strictPaths };
}

function indexHosts(rules: readonly UrlRule[]): HostIndex {
  const byHost = new Map<string, UrlRule[]>();
  const lengths = new Set<number>();
  const pages = new Set<string>();
  for (const rule of rules) {
    if (rule.page !== undefined) pages.add(rule.page);
    const sameHost = byHost.get(rule.host);
    if (sameHost === undefined) byHost.set(rule.host, [rule]);
    else sameHost.push(rule);
    lengths.add(rule.host.length);
  }
  return { byHost, pages, lengths };
}

/** True where a rule is this very `Origin`. False says nothing. */
export function hasPage({ rules, hosts }: UrlIndex, origin: string): boolean {
  if (hosts !== undefined) return hosts.pages.has(origin);
  for (const rule of rules) if (rule.page === origin) return true;
  return false;
}

/** True where `accept` says so of a rule that admits the origin (its path is left to `accept`); no rule is asked after that. */
export function someRuleFor(index: UrlIndex, origin: Origin, accept: (rule: UrlRule) => boolean): boolean {
  return someRuleForHost(
    index,
    origin.host,
    (rule) => admitsScheme(rule, origin) && admitsPort(rule, origin) && accept(rule),
  );
}

/** The rules that admit an origin, paths aside. */
export function rulesFor(index: UrlIndex, origin: Origin): readonly UrlRule[] {
  const found: UrlRule[] = [];
  someRuleFor(index, origin, (rule) => found.push(rule) === 0);
  return found;
}

/** The rules that admit a host, whatever their scheme and port. */
export function rulesForHost(index: UrlIndex, host: string): readonly UrlRule[] {
  const found: UrlRule[] = [];
  someRuleForHost(index, host, (rule) => found.push(rule) === 0);
  return found;
}

function someRuleForHost(index: UrlIndex, host: string, accept: (rule: UrlRule) => boolean): boolean {
  const { rules, hosts } = index;
  if (hosts !== undefined) return someIndexedRule(hosts, host, accept);
  for (const rule of rules) if (reaches(rule, host) && accept(rule)) return true;
  return false;
}

function reaches({ host: own, reach }: UrlRule, host: string): boolean {
  const dot = host.length - own.length - 1;
  if (dot < 0) return dot === -1 && reach !== 'below' && host === own;
  return reach !== 'exact' && host.charCodeAt(dot) === DOT && host.endsWith(own);
}

function someIndexedRule(hosts: HostIndex, host: string, accept: (rule: UrlRule) => boolean): boolean {
  for (let dot = host.length; dot > 0; ) {
    dot = host.lastIndexOf('.', dot - 1);
    if (!hosts.lengths.has(host.length - dot - 1)) continue;
    const isWhole = dot < 0;
    const rules = hosts.byHost.get(isWhole ? host : host.slice(dot + 1));
    if (rules === undefined) continue;
    for (const rule of rules) {
      if (rule.reach !== 'tree' && (rule.reach === 'exact') !== isWhole) continue;
      if (accept(rule)) return true;
    }
  }
  return false;
}

function admitsScheme(rule: UrlRule, origin: Origin): boolean {
  if (rule.scheme !== undefined) return rule.scheme === origin.scheme;
  return origin.scheme === 'https' || origin.scheme === 'http';
}

function admitsPort(rule: UrlRule, origin: Origin): boolean {
  if (rule.port === 'any') return true;
  return origin.port === (rule.port === 'default' ? defaultPort(origin.scheme) : rule.port);
}
