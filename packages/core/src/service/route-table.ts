import { canonicalPath } from '../restriction/canonical-path.ts';
import type { Scope } from '../scope/scope.ts';
import { findRouteProblems } from './route-problems.ts';
import type { RouteSegment } from './route-template.ts';
import { parseRouteTemplate } from './route-template.ts';
import type { RouteDefinition, ServiceDefinition } from './service-definition.ts';

/** The route that a request goes to, and the scopes that it needs. */
export interface RouteMatch {
  readonly service: ServiceDefinition;
  readonly route: RouteDefinition;
  readonly scopes: readonly Scope[];
}

/** All routes of an installation, ready to be matched. */
export interface RouteTable {
  readonly services: readonly ServiceDefinition[];
  /**
   * The most specific route for a request; undefined where there is none. At each segment, from the left, a static
   * segment goes before a parameter and a parameter before a rest; a branch without the request's method does not count.
   * `HEAD` is answered as `GET` where no route at that place names `HEAD`. A path that has no canonical form has no route, and neither
   * has one whose segment would be a static one if cut at its `;`, because some servers cut it there.
   * @param path as the request has it, still encoded, without query
   */
  match(method: string, path: string): RouteMatch | undefined;
}

interface Node {
  readonly statics: Map<string, Node>;
  parameter: Node | undefined;
  /** By method: routes that end here. */
  readonly ends: Map<string, RouteMatch>;
  /** By method: routes whose rest begins below. */
  readonly rests: Map<string, RouteMatch>;
}

/**
 * Builds the table of all services' routes.
 * @throws TypeError where {@link findRouteProblems} finds any: whoever reads a configuration asks it first
 */
export function buildRouteTable(services: readonly ServiceDefinition[]): RouteTable {
  const [problem] = findRouteProblems(services);
  if (problem !== undefined) throw new TypeError(`${problem.at.join('.')}: ${problem.problem}`);
  const root = makeNode();
  for (const service of services) {
    for (const route of service.routes) {
      const template = parseRouteTemplate(route.path);
      if (template.ok) addRoute(root, template.segments, { service, route, scopes: route.scopes });
    }
  }
  return { services, match: (method, path) => matchPath(root, method, path) };
}

function addRoute(root: Node, segments: readonly RouteSegment[], match: RouteMatch): void {
  let node = root;
  let ends = root.ends;
  for (const segment of segments) {
    if (segment.kind === 'rest') ends = node.rests;
    else {
      node = segment.kind === 'static' ? staticChild(node, segment.text) : parameterChild(node);
      ends = node.ends;
    }
  }
  for (const method of match.route.methods) ends.set(method, match);
}

function matchPath(root: Node, method: string, path: string): RouteMatch | undefined {
  const canonical = canonicalPath(path);
  if (canonical === undefined) return undefined;
  const found = find(root, method, canonical, canonical === '/' ? 2 : 1);
  return found === AMBIGUOUS ? undefined : found;
}

const AMBIGUOUS = Symbol('a segment that servers read in two ways');

/**
 * Visits each node of the table at most once, because a node has one path from the root.
 * @param from where the next segment of the canonical path begins; beyond its end: there is none
 */
function find(
  node: Node,
  method: string,
  path: string,
  from: number,
): RouteMatch | typeof AMBIGUOUS | undefined {
  if (from > path.length) return forMethod(node.ends, method);
  const slash = path.indexOf('/', from);
  const end = slash === -1 ? path.length : slash;
  if (node.statics.size > 0) {
    const segment = path.slice(from, end);
    const semicolon = segment.indexOf(';');
    if (semicolon >= 0 && node.statics.has(segment.slice(0, semicolon))) return AMBIGUOUS;
    const exact = node.statics.get(segment);
    const found = exact && find(exact, method, path, end + 1);
    if (found !== undefined) return found;
  }
  return (node.parameter && find(node.parameter, method, path, end + 1)) ?? forMethod(node.rests, method);
}

function forMethod(routes: ReadonlyMap<string, RouteMatch>, method: string): RouteMatch | undefined {
  return routes.get(method) ?? (method === 'HEAD' ? routes.get('GET') : undefined);
}

function makeNode(): Node {
  return { statics: new Map(), parameter: undefined, ends: new Map(), rests: new Map() };
}

function staticChild(node: Node, text: string): Node {
  const known = node.statics.get(text);
  if (known !== undefined) return known;
  const child = makeNode();
  node.statics.set(text, child);
  return child;
}

function parameterChild(node: Node): Node {
  node.parameter ??= makeNode();
  return node.parameter;
}
