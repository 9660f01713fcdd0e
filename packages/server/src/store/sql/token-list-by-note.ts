import type { TokenId } from '@latchkey/core';
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { TokenQuery } from '../store.ts';
import { foldNote, tokenOf } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';
import { filters, type Page, type Stretch, stretches } from './token-filters.ts';

/** Where a token stands: by its note, those without one at the end, ties by id. */
interface Place {
  readonly note: string | null;
  readonly id: string;
}

type Placed = TokenColumns & { readonly place: string | null };

/**
 * One page of tokens by their notes, from A to Z. As with lists by time, later pages show the list as it was at the
 * first one: a token that was renamed since stands where the audit log says that it stood.
 */
export async function listByNote(db: Kysely<Schema>, query: TokenQuery): Promise<Page> {
  const { after, limit } = query;
  const { sequence } = await db.selectFrom('head').select('sequence').executeTakeFirstOrThrow();
  const asOf = after?.asOf ?? sequence;
  const from: Place | undefined =
    after === null ? undefined : { note: typeof after.at === 'string' ? after.at : null, id: after.id };
  const found = new Map<string, Placed>();
  // Those that stay come first, so that one that is renamed meanwhile is found twice, not never.
  for (const isNamed of [true, false]) {
    if (from?.note === null && isNamed) continue;
    if (found.size > limit) break;
    for (const stretch of stretches(query)) {
      for (const row of await standing(db, query, { stretch, isNamed, from, asOf })) found.set(row.id, row);
    }
  }
  for (const row of await renamed(db, query, asOf)) {
    if (from === undefined || compare(from, placeOf(row)) < 0) found.set(row.id, found.get(row.id) ?? row);
  }
  const all = [...found.values()].sort((a, b) => compare(placeOf(a), placeOf(b)));
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  const more = all.length > shown.length && last !== undefined;
  return {
    rows: shown.map(tokenOf),
    next: more ? { at: last.place, id: last.id as TokenId, asOf } : null,
  };
}

/** Tokens of one stretch that stand where they stood. */
function standing(
  db: Kysely<Schema>,
  query: TokenQuery,
  {
    stretch,
    isNamed,
    from,
    asOf,
  }: { stretch: Stretch; isNamed: boolean; from: Place | undefined; asOf: number },
): Promise<readonly Placed[]> {
  let rows = db
    .selectFrom('tokens as t')
    .selectAll('t')
    .select('t.note_folded as place')
    .where('t.account', '=', query.account)
    .where('t.note_folded', isNamed ? 'is not' : 'is', null)
    .where((eb) => eb.and(filters(eb, query)))
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('audit')
            .select('audit.sequence')
            .whereRef('audit.subject', '=', 't.id')
            .where('audit.sequence', '>', asOf)
            .where(sql<SqlBool>`audit.action not like 'rotation.%'`),
        ),
      ),
    );
  if (stretch !== undefined) {
    rows = rows.where('t.status', '=', stretch.status).where('t.usage', '=', stretch.usage);
  }
  if (from !== undefined) {
    const { note, id } = from;
    if (!isNamed && note === null) rows = rows.where('t.id', '>', id);
    if (isNamed && note !== null) {
      rows = rows.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('t.note_folded', 't.id'), '>', tuple(note, id)),
      );
    }
  }
  return rows
    .orderBy('t.note_folded')
    .orderBy('t.id')
    .limit(query.limit + 1)
    .execute();
}

/** Tokens that were changed after `asOf`, placed where they stood: what the first change since then found. */
async function renamed(db: Kysely<Schema>, query: TokenQuery, asOf: number): Promise<readonly Placed[]> {
  const rows = await db
    .selectFrom('audit as a')
    .innerJoin('tokens as t', 't.id', 'a.subject')
    .selectAll('t')
    .select(['a.before as before', 'a.action as action'])
    .where('a.account', '=', query.account)
    .where('a.sequence', '>', asOf)
    .where(sql<SqlBool>`a.action not like 'rotation.%'`)
    .where('t.status', 'in', query.statuses)
    .where('t.usage', 'in', query.usages)
    .where((eb) => eb.and(filters(eb, query)))
    .orderBy('a.sequence')
    .execute();
  const first = new Map<string, Placed | undefined>();
  for (const { before, action, ...columns } of rows) {
    if (first.has(columns.id)) continue;
    const isNew = action === 'token.create';
    first.set(columns.id, isNew ? undefined : { ...columns, place: noteIn(before, columns) });
  }
  return [...first.values()].filter((row) => row !== undefined);
}

/** The audit log keeps what a token was called as the API tells it. */
function noteIn(before: string | null, { note_folded }: TokenColumns): string | null {
  const was: unknown = before === null ? undefined : JSON.parse(before);
  if (typeof was !== 'object' || was === null || !('note' in was)) return note_folded;
  return typeof was.note === 'string' ? foldNote(was.note) : null;
}

function placeOf({ place, id }: Placed): Place {
  return { note: place, id };
}

/** As the tables sort: by code point, which is how UTF-8 sorts and UTF-16 does not. */
function compare(one: Place, other: Place): number {
  if (one.note === null || other.note === null) {
    if (one.note !== other.note) return one.note === null ? 1 : -1;
    return byText(one.id, other.id);
  }
  return byText(one.note, other.note) || byText(one.id, other.id);
}

function byText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
