import type { TokenId } from '@latchkey/core';
import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import type { TokenRow } from '../rows.ts';
import type { TokenPosition, TokenQuery } from '../store.ts';
import { foldNote, tokenOf } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';

interface Page {
  readonly rows: readonly TokenRow[];
  readonly next: TokenPosition | null;
}

type Tables = Schema & { t: TokenColumns };
type Placed = SelectQueryBuilder<Tables, 't', TokenColumns & { place: number }>;

/**
 * One page of tokens, newest first. A list is the list as it was at `asOf`, whatever page is asked for: tokens that were
 * made later are left out, and one that was modified later stands where the audit log says it stood.
 * Each combination of usage and status walks its own stretch of an index, so no page costs more than its rows and
 * what filters by text and scope throw away.
 */
export async function listTokenRows(db: Kysely<Schema>, query: TokenQuery): Promise<Page> {
  const parts = stretches(query).map((stretch) => standing(db, query, stretch));
  const [first, ...others] = parts;
  if (first === undefined) return { rows: [], next: null };
  if (query.sortBy === 'modified' && query.after !== null) others.push(moved(db, query, query.after.asOf));

  const limit = query.limit + 1;
  const cut = (part: Placed) => db.selectFrom(part.limit(limit).as('part')).selectAll();
  let all = cut(first);
  for (const other of others) all = all.unionAll(cut(other));
  const found = await db
    .selectFrom(all.as('page'))
    .selectAll()
    // Taken with the rows: what is there now is the list as of now, so a first page looks no token up in the audit log.
    .select((eb) => eb.selectFrom('head').select('head.sequence').$asScalar().$notNull().as('as_of'))
    .orderBy('place', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const more = found.length > shown.length && last !== undefined;
  return {
    rows: shown.map(tokenOf),
    next: more ? { at: last.place, id: last.id as TokenId, asOf: query.after?.asOf ?? last.as_of } : null,
  };
}

/** Tokens of one usage and status: one stretch of an index. Undefined: the account's default token, which has an index of its own. */
type Stretch = Pick<TokenColumns, 'usage' | 'status'> | undefined;

function stretches({ usages, statuses, isDefault }: TokenQuery): readonly Stretch[] {
  if (isDefault === true) return usages.includes('pk') && statuses.includes('active') ? [undefined] : [];
  return usages.flatMap((usage) => statuses.map((status) => ({ usage, status })));
}

/** Tokens of one stretch; after the first page, those that still stand where they stood at its `asOf`. */
function standing(db: Kysely<Schema>, query: TokenQuery, stretch: Stretch): Placed {
  const column = query.sortBy === 'created' ? 't.created_at' : 't.modified_at';
  let rows = db
    .selectFrom('tokens as t')
    .selectAll('t')
    .select(`${column} as place`)
    .where('t.account', '=', query.account)
    .where((eb) => eb.and(filters(eb, query)));
  if (stretch !== undefined) {
    rows = rows.where('t.status', '=', stretch.status).where('t.usage', '=', stretch.usage);
  }
  const { after } = query;
  if (after !== null) {
    rows = rows
      .where(({ eb, refTuple, tuple }) => eb(refTuple(column, 't.id'), '<', tuple(after.at, after.id)))
      .where(({ exists, not, selectFrom }) => {
        const later = selectFrom('audit')
          .select('audit.sequence')
          .whereRef('audit.subject', '=', 't.id')
          .where('audit.sequence', '>', after.asOf);
        return not(exists(query.sortBy === 'created' ? later.where('audit.moved_from', 'is', null) : later));
      });
  }
  return rows.orderBy(column, 'desc').orderBy('t.id', 'desc');
}

/**
 * Tokens that were modified after `asOf`, placed where they stood: the first audit row since then knows. The account is
 * asked of the audit log only, so that the few newest rows of that are walked, never all tokens of the account.
 */
function moved(db: Kysely<Schema>, query: TokenQuery, asOf: number): Placed {
  let rows = db
    .selectFrom('audit as a')
    .innerJoin('tokens as t', 't.id', 'a.subject')
    .selectAll('t')
    .select((eb) => eb.ref('a.moved_from').$notNull().as('place'))
    .where('a.account', '=', query.account)
    .where('a.sequence', '>', asOf)
    .where('a.moved_from', 'is not', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('audit as earlier')
            .select('earlier.sequence')
            .whereRef('earlier.subject', '=', 'a.subject')
            .where('earlier.sequence', '>', asOf)
            .whereRef('earlier.sequence', '<', 'a.sequence'),
        ),
      ),
    )
    .where('t.status', 'in', query.statuses)
    .where('t.usage', 'in', query.usages)
    .where((eb) => eb.and(filters(eb, query)));
  const { after } = query;
  if (after !== null) {
    rows = rows.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('a.moved_from', 't.id'), '<', tuple(after.at, after.id)),
    );
  }
  return rows.orderBy('a.moved_from', 'desc').orderBy('t.id', 'desc') as unknown as Placed;
}

function filters(eb: ExpressionBuilder<Tables, 't'>, { expiry, isDefault, scope, search }: TokenQuery) {
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
  return all;
}
