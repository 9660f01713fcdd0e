import { closestName } from '../closest-name.ts';
import type { ProxyConfig } from './config.ts';
import type { ConfigFile } from './config-schema.ts';
import type { UnplacedProblem } from './schema-problems.ts';

const AT = ['gateway', 'proxy'];

/**
 * Reads where a gateway's reverse proxy finds the APIs behind it.
 * @param serviceNames of the file; none: the table comes from the server, and the gateway compares the names when it starts
 * @returns undefined where no reverse proxy is wanted
 */
export function readProxy(
  { upstream, upstreams, ...settings }: ConfigFile['gateway']['proxy'],
  serviceNames: readonly string[],
  report: (problem: UnplacedProblem) => void,
): ProxyConfig | undefined {
  const byService = Object.entries(upstreams);
  if (upstream === undefined && byService.length === 0) return undefined;
  const origins = new Map<string, string>();
  for (const [service, text] of byService) {
    const path = [...AT, 'upstreams', service];
    const origin = readOrigin(text, path, report);
    if (origin !== undefined) origins.set(service, origin);
    if (serviceNames.length === 0 || serviceNames.includes(service)) continue;
    const meant = closestName(service, serviceNames);
    const fix = meant === undefined ? 'Use the name of one under services.' : `Did you mean ${meant}?`;
    report({ path, problem: `no service is named "${service}"`, fix });
  }
  if (upstream === undefined) {
    for (const service of serviceNames.filter((name) => !Object.hasOwn(upstreams, name))) {
      const fix = 'Name it here, or set gateway.proxy.upstream for all others.';
      report({ path: [...AT, 'upstreams'], problem: `the service ${service} has no upstream`, fix });
    }
  }
  const all = upstream === undefined ? undefined : readOrigin(upstream, [...AT, 'upstream'], report);
  const cacheIgnoredHeaders = readIgnored(settings.cacheIgnoredHeaders, report);
  return { ...settings, cacheIgnoredHeaders, upstream: all, upstreams: origins };
}

/** An answer may always depend on whom it is for, and on the host that was asked. */
const NEVER_IGNORED = ['authorization', 'host', 'x-forwarded-host', 'x-forwarded-proto'];

function readIgnored(
  names: readonly string[],
  report: (problem: UnplacedProblem) => void,
): readonly string[] {
  return names.map((name, index) => {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower) || NEVER_IGNORED.includes(lower)) {
      const fix = 'Write the name of a header that changes no answer: x-client-version.';
      report({ path: [...AT, 'cacheIgnoredHeaders', index], problem: `"${name}" cannot be ignored`, fix });
    }
    return lower;
  });
}

function readOrigin(
  text: string,
  path: UnplacedProblem['path'],
  report: (problem: UnplacedProblem) => void,
): string | undefined {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.href === text || url.href === `${text}/`) && url.pathname === '/') {
    if (url.search === '' && url.hash === '' && url.username === '') return url.origin;
  }
  const fix = 'Write scheme, host and perhaps a port, no path: http://127.0.0.1:3000.';
  report({ path, problem: `"${text}" is not the origin of an API`, fix });
  return undefined;
}
