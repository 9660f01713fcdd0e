import {
  type Catalogue,
  defaultCatalogue,
  findRouteProblems,
  formatOrigin,
  parseAccountName,
  parseAddressRange,
  parseAppScheme,
  parseScope,
  readOrigin,
  type Scope,
  type ServiceDefinition,
  withBuiltInScopes,
} from '@latchkey/core';
import { longestBound } from '@latchkey/wire/feed';
import { closestName } from '../closest-name.ts';
import { checkMail } from './check-mail.ts';
import type { Config } from './config.ts';
import type { ConfigFile } from './config-schema.ts';
import { readProxy } from './read-proxy.ts';
import { readPurge } from './read-purge.ts';
import type { UnplacedProblem } from './schema-problems.ts';

export interface Meaning {
  readonly catalogue: Catalogue;
  readonly services: readonly ServiceDefinition[];
  /** Canonical. */
  readonly trustedProxies: readonly string[];
  /** Without a trailing slash. */
  readonly publicUrl: string | undefined;
  readonly gateway: Config['gateway'];
  readonly staleness: Config['staleness'];
  readonly problems: readonly UnplacedProblem[];
}

/**
 * Reads what the schema cannot say: scopes, routes, addresses, URLs and names. Where there are problems the rest is not to be used.
 * `isCatalogueKnown`: false where the file's own list of scopes could not be read, so that nothing is in or out of it.
 */
export function readMeaning(file: ConfigFile, { isCatalogueKnown }: { isCatalogueKnown: boolean }): Meaning {
  const problems: UnplacedProblem[] = [];
  const report = (problem: UnplacedProblem) => {
    problems.push(problem);
  };
  if (parseAccountName(file.operator.account) === undefined) {
    const fix = 'Use 2 to 39 of a-z, 0-9 and single "-", none at the ends.';
    report({
      path: ['operator', 'account'],
      problem: `"${file.operator.account}" is not an account name`,
      fix,
    });
  }
  for (const [index, scheme] of file.appSchemes.entries()) {
    if (parseAppScheme(scheme) !== undefined) continue;
    const fix = 'Give the scheme alone, in lower case, and none of the web: capacitor.';
    report({ path: ['appSchemes', index], problem: `"${scheme}" is not an app scheme`, fix });
  }
  checkMail(file, report);
  const catalogue = readCatalogue(file, report);
  return {
    catalogue,
    services: readServices(file, isCatalogueKnown ? catalogue : undefined, report),
    trustedProxies: readProxies(file.trustedProxies, ['trustedProxies'], report),
    publicUrl: readPublicUrl(file.server.publicUrl, report),
    gateway: readGateway(file, report),
    staleness: readStaleness(file.staleness, isCatalogueKnown ? catalogue : undefined, report),
    problems,
  };
}

type Report = (problem: UnplacedProblem) => void;

function readCatalogue({ scopes }: ConfigFile, report: Report): Catalogue {
  if (scopes === undefined) return defaultCatalogue;
  const list: { id: Scope; public: boolean; operatorOnly: boolean; description: string }[] = [];
  const seen = new Set<string>();
  for (const [index, scope] of scopes.entries()) {
    const path = ['scopes', index, 'id'];
    const id = parseScope(scope.id);
    if (id === undefined) {
      const fix = 'Write resource:action in lower case: styles:read.';
      report({ path, problem: `"${scope.id}" is not the name of a scope`, fix });
    } else if (seen.has(id)) {
      report({ path, problem: `${id} is listed twice`, fix: 'List each scope once.' });
    } else if (isBuiltInMisused(id, scope.public)) {
      const fix = 'Leave "public" out: this scope belongs to Latchkey and is secret.';
      report({ path: ['scopes', index, 'public'], problem: `${id} cannot be public`, fix });
    } else {
      const operatorOnly = builtIn.get(id)?.operatorOnly ?? false;
      list.push({ id, public: scope.public, operatorOnly, description: scope.description });
    }
    seen.add(scope.id);
  }
  return withBuiltInScopes(list);
}

const builtIn = withBuiltInScopes([]);

function isBuiltInMisused(id: Scope, isPublic: boolean): boolean {
  return isPublic && builtIn.get(id) !== undefined;
}

function readServices(
  file: ConfigFile,
  catalogue: Catalogue | undefined,
  report: Report,
): readonly ServiceDefinition[] {
  const services = file.services.map(({ baseUrl, ...service }, serviceIndex): ServiceDefinition => {
    const at = ['services', serviceIndex];
    readUrl(baseUrl, [...at, 'baseUrl'], report);
    const routes = service.routes.map((route, routeIndex) => {
      const scopes = route.scopes.flatMap((text, index) => {
        const path = [...at, 'routes', routeIndex, 'scopes', index];
        return (catalogue && readKnownScope(text, path, catalogue, report)) ?? [];
      });
      return { ...route, scopes };
    });
    return baseUrl === undefined ? { ...service, routes } : { ...service, baseUrl, routes };
  });
  for (const { at, problem, fix } of findRouteProblems(services)) report({ path: at, problem, fix });
  return services;
}

function readKnownScope(
  text: string,
  path: UnplacedProblem['path'],
  catalogue: Catalogue,
  report: Report,
): Scope | undefined {
  const known = catalogue.get(text);
  if (known !== undefined) return known.id;
  const meant = closestName(
    text,
    catalogue.scopes.map(({ id }) => id),
  );
  const fix = meant === undefined ? 'List it under scopes first.' : `Did you mean ${meant}?`;
  report({ path, problem: `"${text}" is not in the scope catalogue`, fix });
  return undefined;
}

function readStaleness(
  { scopes, ...classes }: ConfigFile['staleness'],
  catalogue: Catalogue | undefined,
  report: Report,
): Config['staleness'] {
  const own: Record<string, number> = {};
  for (const [name, seconds] of Object.entries(scopes)) {
    const path = ['staleness', 'scopes', name];
    const scope = catalogue && readKnownScope(name, path, catalogue, report);
    if (seconds >= longestBound(classes)) {
      const fix = 'Leave it out, or raise the bound of the class.';
      report({ path, problem: 'is not below the bound of any class, so it has no effect', fix });
    } else if (scope !== undefined) own[scope] = seconds;
  }
  return Object.keys(own).length === 0 ? classes : { ...classes, scopes: own };
}

function readGateway({ gateway, services }: ConfigFile, report: Report): Config['gateway'] {
  const { server, publicOrigin, trustedProxies, tokenFile, proxy } = gateway;
  const serviceNames = services.map(({ name }) => name);
  return {
    ...gateway,
    server: readUrl(server, ['gateway', 'server'], report) ?? server,
    tokenFile,
    dataDir: gateway.dataDir === '' ? undefined : gateway.dataDir,
    publicOrigin: readOriginSetting(publicOrigin, ['gateway', 'publicOrigin'], report),
    trustedProxies: readProxies(trustedProxies, ['gateway', 'trustedProxies'], report),
    proxy: readProxy(proxy, serviceNames, report),
    purge: readPurge(gateway.purge, report),
  };
}

function readOriginSetting(
  text: string | undefined,
  path: UnplacedProblem['path'],
  report: Report,
): string | undefined {
  const origin = text === undefined ? undefined : readOrigin(text);
  if (text === undefined || (origin !== undefined && formatOrigin(origin) === text)) return text;
  const fix = 'Write scheme and host as a browser does: https://api.example.com.';
  report({ path, problem: `"${text}" is not an origin`, fix });
  return undefined;
}

function readProxies(
  ranges: readonly string[],
  path: UnplacedProblem['path'],
  report: Report,
): readonly string[] {
  return ranges.flatMap((text, index) => {
    const parsed = parseAddressRange(text);
    if (parsed.ok) return parsed.range.text;
    report({ path: [...path, index], problem: parsed.reason.replace(/\.$/, ''), fix: parsed.fix });
    return [];
  });
}

/** Without TLS a browser keeps no session, and links of mails that let somebody in would be read on their way. */
function readPublicUrl(text: string | undefined, report: Report): string | undefined {
  const path = ['server', 'publicUrl'];
  const url = readUrl(text, path, report);
  if (url === undefined || !url.startsWith('http:') || OWN_MACHINE.test(new URL(url).hostname)) return url;
  const problem = `"${text}" has no TLS, and is not on this machine: nobody could sign in there, and links in mails would travel in clear`;
  const fix =
    'Write the https:// address that people use, also where TLS ends at a proxy before the server; where there is none yet, leave the setting out.';
  report({ path, problem, fix });
  return undefined;
}

const OWN_MACHINE = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[^.]+\.)*localhost)$/;

function readUrl(
  text: string | undefined,
  path: UnplacedProblem['path'],
  report: Report,
): string | undefined {
  if (text === undefined) return undefined;
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  ) {
    const fix = 'Write scheme, host and perhaps a path: https://tokens.example.com.';
    report({ path, problem: `"${text}" is not a plain http or https URL`, fix });
    return undefined;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
