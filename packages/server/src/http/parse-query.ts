import type * as z from 'zod';

export type ParsedQuery =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly parameter: string; readonly repeated: boolean; readonly detail: string };

/**
 * Parses the parameters that `schema` names and ignores all others, as existing clients send some of their own. A known
 * one that is repeated with differing values is refused: readers would not agree which counts.
 */
export function parseQuery(query: string, schema: z.ZodObject): ParsedQuery {
  const sent = new URLSearchParams(query);
  const known: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const values = sent.getAll(name);
    const [first] = values;
    if (first === undefined) continue;
    if (values.some((value) => value !== first)) {
      const detail = `${name} came more than once, with differing values. Send it once.`;
      return { ok: false, parameter: name, repeated: true, detail };
    }
    known[name] = first;
  }
  const parsed = schema.safeParse(known);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const parameter = String(issue?.path[0] ?? '');
  return { ok: false, parameter, repeated: false, detail: `${parameter} ${wants(issue)}.` };
}

function wants(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  return 'must be a number from 1 to 500';
}
