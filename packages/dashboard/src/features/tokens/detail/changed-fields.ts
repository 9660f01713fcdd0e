import type { AuditEntry } from '@latchkey/wire/native';

const FIELDS = ['note', 'scopes', 'restrictions', 'expires', 'default', 'status'] as const;
export type ChangedField = (typeof FIELDS)[number];

/** Which parts of the token an entry of the audit log changed, in a fixed order; none of a creation. */
export function changedFields({
  before,
  after,
}: Pick<AuditEntry, 'before' | 'after'>): readonly ChangedField[] {
  if (before === null || after === null) return [];
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
