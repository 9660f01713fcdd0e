import type { RouteSegment } from './route-template.ts';
import { parseRouteTemplate } from './route-template.ts';
import type { RouteDefinition, ServiceDefinition } from './service-definition.ts';

/** Something wrong with the services of an installation. `at` leads to it: `['services', 0, 'routes', 2, 'path']`. */
export interface RouteProblem {
  readonly at: readonly (string | number)[];
  readonly problem: string;
  readonly fix: string;
}

const SERVICE_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const METHOD = /^[A-Z]+(?:-[A-Z]+)*$/;

/** All problems of a list of services, in the order of the list: names, methods, paths, and routes that no request could tell apart. */
export function findRouteProblems(services: readonly ServiceDefinition[]): readonly RouteProblem[] {
  const problems: RouteProblem[] = [];
  const names = new Set<string>();
  const shapes = new Map<string, string>();
  for (const [serviceIndex, service] of services.entries()) {
    const at = ['services', serviceIndex];
    problems.push(...findNameProblems(service.name, names, [...at, 'name']));
    for (const [routeIndex, route] of service.routes.entries()) {
      problems.push(...findProblemsOfRoute(service.name, route, shapes, [...at, 'routes', routeIndex]));
    }
  }
  return problems;
}

function findNameProblems(name: string, names: Set<string>, at: RouteProblem['at']): readonly RouteProblem[] {
  if (!SERVICE_NAME.test(name)) {
    return [
      {
        at,
        problem: `"${name}" is not a service name`,
        fix: 'Use a-z, 0-9 and "-", at most 63, a letter first.',
      },
    ];
  }
  if (names.has(name))
    return [{ at, problem: `two services are named ${name}`, fix: 'Name each service once.' }];
  names.add(name);
  return [];
}

function findProblemsOfRoute(
  service: string,
  route: RouteDefinition,
  shapes: Map<string, string>,
  at: RouteProblem['at'],
): readonly RouteProblem[] {
  const template = parseRouteTemplate(route.path);
  if (!template.ok) return [{ at: [...at, 'path'], problem: template.problem, fix: template.fix }];
  if (route.methods.length === 0) {
    return [{ at: [...at, 'methods'], problem: `${route.path} has no method`, fix: 'Name one: GET.' }];
  }
  const problems: RouteProblem[] = [];
  for (const [index, method] of route.methods.entries()) {
    const where = [...at, 'methods', index];
    const shape = `${method} ${shapeOf(template.segments)}`;
    const taken = shapes.get(shape);
    if (!METHOD.test(method)) {
      problems.push({ at: where, problem: `"${method}" is not a method`, fix: 'Write it in capitals: GET.' });
    } else if (taken !== undefined) {
      const problem = `${method} ${route.path} of ${service} matches the same requests as ${taken}`;
      problems.push({
        at: where,
        problem,
        fix: 'Leave one of them out, or tell them apart by a static segment.',
      });
    } else shapes.set(shape, `${method} ${route.path} of ${service}`);
  }
  return problems;
}

/** Equal for templates that differ only in the names of their parameters. */
function shapeOf(segments: readonly RouteSegment[]): string {
  return `/${segments.map((segment) => (segment.kind === 'static' ? segment.text : segment.kind === 'rest' ? '{*}' : '{}')).join('/')}`;
}
