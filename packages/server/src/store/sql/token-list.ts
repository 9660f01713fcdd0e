import type { TokenId } from '@latchkey/core';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { TokenPosition, TokenQuery } from '../store.ts';
import { tokenOf } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';
import { filters, type Page, type Stretch, stretches, type Tables } from './token-filters.ts';
import { listByNote } from './token-list-by-note.ts';
import { listByUse } from './token-list-by-use.ts';

type Placed = SelectQueryBuilder<Tables, 't', TokenColumns & { place: number }>;

/** @throws TypeError when the position is of a list by note */
function timeOf({ at }: TokenPosition): number {
  if (typeof at === 'number') return at;
  throw new TypeError('a position in a list by time has a time');
}

/** One page of tokens, in the order that is asked for. */
export function listTokenRows(db: Kysely<Schema>, query: TokenQuery): Promise<Page> {
  switch (query.sortBy) {
    case 'note':
      return listByNote(db, query);
    case 'lastUsed':
      return listByUse(db, query);
    default:
      return listByTime(db, query);
  }
}

/**
 * One page of tokens, newest first. A list is the list as it was at `asOf`, whatever page is asked for: tokens that were
 * made later are left out, and one that was modified later stands where the audit log says it stood.
 * Each combination of usage and status walks its own stretch of an index, so no page costs more than its rows and
 * what filters by text and scope throw away.
 */
async function listByTime(db: Kysely<Schema>, query: TokenQuery): Promise<Page> {
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
      .where(({ eb, refTuple, tuple }) => eb(refTuple(column, 't.id'), '<', tuple(timeOf(after), after.id)))
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
      eb(refTuple('a.moved_from', 't.id'), '<', tuple(timeOf(after), after.id)),
    );
  }
  return rows.orderBy('a.moved_from', 'desc').orderBy('t.id', 'desc') as unknown as Placed;
}
