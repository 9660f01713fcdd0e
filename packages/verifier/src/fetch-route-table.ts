import type { RouteDefinition, RouteTable, ServiceDefinition } from '@latchkey/core';
import { buildRouteTable, parseScope } from '@latchkey/core';

export interface FetchRouteTableOptions {
  /** How HTTP is spoken; the global `fetch` by default. */
  readonly fetch?: typeof fetch;
  /** How long the server may take; 10,000 by default. */
  readonly timeoutMs?: number;
}

/**
 * Asks the Latchkey server which scopes the operator's APIs need (`GET /v1/services`, open to all), for the `requires` of a middleware:
 * `latchkeyExpress(verifier, { requires: await fetchRouteTable(url) })`. Asked once: a changed table is seen after a restart.
 * @param url where the server is: `https://tokens.example.com`
 * @throws Error with a sentence for people where the server does not answer, or not with a table
 */
export async function fetchRouteTable(
  url: string,
  options: FetchRouteTableOptions = {},
): Promise<RouteTable> {
  return buildRouteTable(await fetchServices(url, options));
}

/** As {@link fetchRouteTable}, but gives the services themselves, whose routes are known to fit into one table. */
export async function fetchServices(
  url: string,
  options: FetchRouteTableOptions = {},
): Promise<readonly ServiceDefinition[]> {
  const address = `${url.replace(/\/+$/, '')}/v1/services`;
  const body = await readJson(address, options);
  try {
    const services = parseServices(body);
    buildRouteTable(services);
    return services;
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unreadable';
    throw new Error(`${address} answers with services that cannot be read: ${problem}`, { cause: error });
  }
}

async function readJson(
  address: string,
  { fetch: speak = fetch, timeoutMs = 10_000 }: FetchRouteTableOptions,
): Promise<unknown> {
  let response: Response;
  try {
    response = await speak(address, { signal: AbortSignal.timeout(timeoutMs) });
    if (response.status === 200) return await response.json();
  } catch (error) {
    throw new Error(`${address} cannot be read`, { cause: error });
  }
  throw new Error(`${address} answers ${response.status}`);
}

/** @throws TypeError that names what is not as it should be */
function parseServices(body: unknown): readonly ServiceDefinition[] {
  return listAt(body, 'services').map((service) => {
    const baseUrl = optionalText(service, 'baseUrl');
    return {
      name: textAt(service, 'name'),
      title: textAt(service, 'title'),
      description: textAt(service, 'description'),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      routes: listAt(service, 'routes').map(parseRoute),
    };
  });
}

function parseRoute(route: unknown): RouteDefinition {
  return {
    methods: listAt(route, 'methods').map((method) => expectText(method, 'methods')),
    path: textAt(route, 'path'),
    description: textAt(route, 'description'),
    scopes: listAt(route, 'scopes').map((name) => {
      const scope = parseScope(expectText(name, 'scopes'));
      if (scope === undefined) throw new TypeError(`${JSON.stringify(name)} is no scope`);
      return scope;
    }),
  };
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = memberOf(value, key);
  if (Array.isArray(found)) return found;
  throw new TypeError(`${key} is no list`);
}

function textAt(value: unknown, key: string): string {
  return expectText(memberOf(value, key), key);
}

function optionalText(value: unknown, key: string): string | undefined {
  return memberOf(value, key) === undefined ? undefined : textAt(value, key);
}

function expectText(value: unknown, key: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${key} is no text`);
}
