import type { AccountName } from '@latchkey/core';
import { parseAccountName } from '@latchkey/core';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

export function readAccountName(text: string): Outcome<AccountName> {
  const name = parseAccountName(text);
  if (name !== undefined) return done(name);
  const detail =
    'An account name has 2 to 39 of a-z, 0-9 and "-", begins and ends with a letter or digit, and has no "--".';
  return refused({ code: 'account_name_invalid', detail, field: 'name' });
}
