import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { TokenRow } from '../rows.ts';
import type { TokenPosition, TokenQuery } from '../store.ts';
import { foldNote } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';

export interface Page {
  readonly rows: readonly TokenRow[];
  readonly next: TokenPosition | null;
}

export type Tables = Schema & { t: TokenColumns };

/** Tokens of one usage and status: one stretch of an index. Undefined: the account's default token, which has an index of its own. */
export type Stretch = Pick<TokenColumns, 'usage' | 'status'> | undefined;

export function stretches({ usages, statuses, isDefault }: TokenQuery): readonly Stretch[] {
  if (isDefault === true) return usages.includes('pk') && statuses.includes('active') ? [undefined] : [];
  return usages.flatMap((usage) => statuses.map((status) => ({ usage, status })));
}

/** What is asked of tokens beside their account, usage and status. */
export function filters(
  eb: ExpressionBuilder<Tables, 't'>,
  { expiry, isDefault, scope, search, unusedSince, isExposed, isAnywhere }: TokenQuery,
): readonly Expression<SqlBool>[] {
  const used = (kind: 'allowed' | 'exposed') =>
    eb
      .selectFrom('token_uses')
      .select('token_uses.token')
      .whereRef('token_uses.token', '=', 't.id')
      .where('token_uses.kind', '=', kind);
  const all: Expression<SqlBool>[] = [];
  if (expiry?.isOver === true) all.push(eb('t.expires', '<=', expiry.at));
  if (expiry?.isOver === false) {
    all.push(eb.or([eb('t.expires', 'is', null), eb('t.expires', '>', expiry.at)]));
  }
  if (isDefault !== null) all.push(eb('t.is_default', '=', sql.lit(isDefault ? 1 : 0)));
  // Scopes are stored as a JSON list, and no character of a scope is one that JSON escapes or that `like` expands.
  if (scope !== null) all.push(eb('t.scopes', 'like', `%"${scope}"%`));
  if (search !== null) {
    const part = foldNote(search).replaceAll(/[\\%_]/g, '\\$&');
    // The escape character is named because engines differ in whether they have one by default.
    const inNote = sql<SqlBool>`${eb.ref('t.note_folded')} like ${`%${part}%`} escape '\\'`;
    all.push(eb.or([eb('t.id', '=', search), inNote]));
  }
  if (unusedSince !== null) {
    all.push(eb('t.created_at', '<', unusedSince));
    all.push(eb.not(eb.exists(used('allowed').where('token_uses.at', '>=', unusedSince))));
  }
  if (isExposed !== null) {
    const exposed = eb.exists(used('exposed'));
    all.push(isExposed ? exposed : eb.not(exposed));
  }
  // Restrictions are JSON of ours, in which a text has its quotes escaped.
  if (isAnywhere !== null)
    all.push(eb('t.restrictions', isAnywhere ? 'not like' : 'like', '%"kind":"urls"%'));
  return all;
}
