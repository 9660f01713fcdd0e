import { canonicalPath } from '../restriction/canonical-path.ts';

/** One segment of a route's path. */
export type RouteSegment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'rest'; readonly name: string };

export type ParsedTemplate =
  | { readonly ok: true; readonly segments: readonly RouteSegment[] }
  | { readonly ok: false; readonly problem: string; readonly fix: string };

const HOLE = /^\{([A-Za-z_][A-Za-z0-9_]*)(\*?)\}$/;

/**
 * Reads a route's path: static segments in canonical form, `{name}` for one segment, and `{name*}` as the last one for one or
 * more segments. `/` alone is the root.
 */
export function parseRouteTemplate(path: string): ParsedTemplate {
  if (!path.startsWith('/')) return refused(`"${path}" does not begin with a slash`, `Write "/${path}".`);
  if (path === '/') return { ok: true, segments: [] };
  const segments: RouteSegment[] = [];
  const names = new Set<string>();
  const texts = path.slice(1).split('/');
  for (const [index, text] of texts.entries()) {
    const segment = readSegment(text);
    if (segment === undefined) return refusedSegment(path, text);
    if (segment.kind === 'rest' && index < texts.length - 1) {
      return refused(
        `"${path}" has segments after ${text}`,
        `Put ${text} at the end, or write {${segment.name}}.`,
      );
    }
    if (segment.kind !== 'static') {
      if (names.has(segment.name))
        return refused(`"${path}" has two parameters named ${segment.name}`, 'Name each parameter once.');
      names.add(segment.name);
    }
    segments.push(segment);
  }
  return { ok: true, segments };
}

function readSegment(text: string): RouteSegment | undefined {
  const hole = HOLE.exec(text);
  const name = hole?.[1];
  if (name !== undefined) return { kind: hole?.[2] === '*' ? 'rest' : 'parameter', name };
  const isStatic = !/[{};*]/.test(text) && canonicalPath(`/${text}`) === `/${text}` && text !== '';
  return isStatic ? { kind: 'static', text } : undefined;
}

function refusedSegment(path: string, text: string): ParsedTemplate {
  if (text === '')
    return refused(`"${path}" has an empty segment`, 'Leave out doubled slashes and the one at the end.');
  if (/[{}]/.test(text)) {
    return refused(
      `"${path}" has a segment "${text}" that is not one parameter`,
      'Let a parameter take its whole segment: {name}.',
    );
  }
  return refused(
    `"${path}" has a segment "${text}" that is not in canonical form`,
    'Write it without "*", ";" and dots, encoded only where it must be.',
  );
}

function refused(problem: string, fix: string): ParsedTemplate {
  return { ok: false, problem, fix };
}
