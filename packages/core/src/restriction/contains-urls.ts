import { isPathWithin } from './canonical-path.ts';
import { defaultPort } from './origin.ts';
import type { UrlIndex } from './url-index.ts';
import type { UrlRule } from './url-rule.ts';

const WEB_SCHEMES = ['http', 'https'] as const;

/**
 * The first entry of `child` that no one entry of `parent` covers: some page may use the child and not the parent. Undefined:
 * there is none. Where the parent is strict about paths, an entry below a path of it is covered only if the child is strict too.
 */
export function findUncoveredUrl(parent: UrlIndex, child: UrlIndex): UrlRule | undefined {
  return child.rules.find(
    (rule) => !parent.rules.some((cover) => covers(cover, rule, parent.strictPaths && !child.strictPaths)),
  );
}

function covers(parent: UrlRule, child: UrlRule, losesStrictness: boolean): boolean {
  if (!coversHost(parent, child) || !coversSchemesAndPorts(parent, child)) return false;
  if (parent.path === undefined) return true;
  return child.path !== undefined && isPathWithin(child.path, parent.path) && !losesStrictness;
}

/** `*.x.example` covers `a.x.example` and `*.x.example`, not `x.example`; an exact host covers itself alone. */
function coversHost(parent: UrlRule, child: UrlRule): boolean {
  if (parent.host === child.host) return parent.reach === 'tree' || parent.reach === child.reach;
  return parent.reach !== 'exact' && child.reach !== 'exact' && child.host.endsWith(`.${parent.host}`);
}

function coversSchemesAndPorts(parent: UrlRule, child: UrlRule): boolean {
  const schemes = child.scheme === undefined ? WEB_SCHEMES : [child.scheme];
  return schemes.every((scheme) => {
    if (parent.scheme === undefined ? scheme !== 'http' && scheme !== 'https' : parent.scheme !== scheme)
      return false;
    return (
      parent.port === 'any' || (child.port !== 'any' && portIn(parent, scheme) === portIn(child, scheme))
    );
  });
}

/** The one port that a rule without "any" admits under a scheme. */
function portIn(rule: UrlRule, scheme: string): number {
  return typeof rule.port === 'number' ? rule.port : defaultPort(scheme);
}
