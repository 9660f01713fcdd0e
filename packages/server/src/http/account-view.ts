import type { Account } from '@latchkey/wire/native';
import type { AccountRow } from '../store/rows.ts';
import { isoTime } from './iso-time.ts';

export function accountView(row: AccountRow): Account {
  return {
    name: row.name,
    kind: row.kind,
    status: row.status,
    allowance: row.allowance === null ? null : [...row.allowance],
    created: isoTime(row.createdAt),
    modified: isoTime(row.modifiedAt),
  };
}
