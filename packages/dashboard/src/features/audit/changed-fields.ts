import type { AuditEntry } from '@latchkey/wire/native';

/** One thing that a change made different. */
export type ChangedField =
  | { readonly kind: 'value'; readonly name: string; readonly before: unknown; readonly after: unknown }
  /** A list of texts: what came and what went says more than both lists. */
  | {
      readonly kind: 'list';
      readonly name: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

type State = Readonly<Record<string, unknown>>;

/** What differs between before and after, in the order of the record. Of something new, everything that is set. */
export function changedFields({
  before,
  after,
}: Pick<AuditEntry, 'before' | 'after'>): readonly ChangedField[] {
  const old = flattened(before);
  const now = flattened(after);
  const names = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return names.flatMap((name) => changeOf(name, old[name], now[name]) ?? []);
}

function changeOf(name: string, before: unknown, after: unknown): ChangedField | undefined {
  if (isUnset(before) && isUnset(after)) return undefined;
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const old = textsOf(before);
  const now = textsOf(after);
  if (old === undefined || now === undefined || (isUnset(before) && isUnset(after)))
    return { kind: 'value', name, before, after };
  const added = now.filter((text) => !old.includes(text));
  const removed = old.filter((text) => !now.includes(text));
  return { kind: 'list', name, added, removed };
}

function isUnset(value: unknown): boolean {
  return (
    value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)
  );
}

/** A list of texts as it is, nothing as an empty one, so that a list that came or went is told by its entries. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

/** Restrictions stand in a list, each with its kind; here each kind is a field of its own. */
function flattened(record: AuditEntry['before']): State {
  const { restrictions, ...fields } = record ?? {};
  if (!Array.isArray(restrictions)) return fields;
  const flat: Record<string, unknown> = { ...fields };
  for (const restriction of restrictions as readonly unknown[]) {
    if (typeof restriction !== 'object' || restriction === null || !('kind' in restriction)) continue;
    const {
      kind,
      entries,
      strictPaths,
      ...others
    }: { kind?: unknown; entries?: unknown; strictPaths?: unknown } = restriction;
    flat[String(kind)] = entries ?? Object.values(others)[0];
    if (strictPaths === true) flat.strictPaths = true;
  }
  return flat;
}
