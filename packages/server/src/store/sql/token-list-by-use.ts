import type { TokenId } from '@latchkey/core';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { TokenQuery } from '../store.ts';
import { tokenOf } from './row-codec.ts';
import type { Schema, TokenColumns } from './schema.ts';
import { filters, type Page, type Stretch, stretches, type Tables } from './token-filters.ts';

type Placed = SelectQueryBuilder<Tables, 't', TokenColumns & { place: number }>;

/** Further back than any use: those that nobody used stand below all others, the newest first. */
const UNUSED_MS = 100_000_000_000_000;

/**
 * One page of tokens, the one that was let in last first. A token that is used between two pages moves to the front, where
 * later pages do not go.
 */
export async function listByUse(db: Kysely<Schema>, query: TokenQuery): Promise<Page> {
  const { after } = query;
  const place = typeof after?.at === 'number' ? after.at : undefined;
  const parts = stretches(query).map((stretch) => unused(db, query, stretch, place));
  if (parts.length === 0) return { rows: [], next: null };
  if (place === undefined || place >= 0) parts.push(used(db, query, place));
  const [first, ...others] = parts;
  if (first === undefined) return { rows: [], next: null };
  const limit = query.limit + 1;
  const cut = (part: Placed) => db.selectFrom(part.limit(limit).as('part')).selectAll();
  let all = cut(first);
  for (const other of others) all = all.unionAll(cut(other));
  const found = await db
    .selectFrom(all.as('page'))
    .selectAll()
    .orderBy('place', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const more = found.length > shown.length && last !== undefined;
  return {
    rows: shown.map(tokenOf),
    next: more ? { at: last.place, id: last.id as TokenId, asOf: 0 } : null,
  };
}

function used(db: Kysely<Schema>, query: TokenQuery, place: number | undefined): Placed {
  let rows = db
    .selectFrom('token_uses as u')
    .innerJoin('tokens as t', 't.id', 'u.token')
    .selectAll('t')
    .select('u.at as place')
    .where('u.account', '=', query.account)
    .where('u.kind', '=', 'allowed')
    .where('t.status', 'in', query.statuses)
    .where('t.usage', 'in', query.usages)
    .where((eb) => eb.and(filters(eb, query)));
  const { after } = query;
  if (after !== null && place !== undefined) {
    rows = rows.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('u.at', 'u.token'), '<', tuple(place, after.id as string)),
    );
  }
  return rows.orderBy('u.at', 'desc').orderBy('u.token', 'desc') as unknown as Placed;
}

function unused(db: Kysely<Schema>, query: TokenQuery, stretch: Stretch, place: number | undefined): Placed {
  let rows = db
    .selectFrom('tokens as t')
    .selectAll('t')
    .select(sql<number>`t.created_at - ${sql.lit(UNUSED_MS)}`.as('place'))
    .where('t.account', '=', query.account)
    .where((eb) => eb.and(filters(eb, query)))
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('token_uses')
            .select('token_uses.token')
            .whereRef('token_uses.token', '=', 't.id')
            .where('token_uses.kind', '=', 'allowed'),
        ),
      ),
    );
  if (stretch !== undefined) {
    rows = rows.where('t.status', '=', stretch.status).where('t.usage', '=', stretch.usage);
  }
  const { after } = query;
  if (after !== null && place !== undefined && place < 0) {
    rows = rows.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('t.created_at', 't.id'), '<', tuple(place + UNUSED_MS, after.id)),
    );
  }
  return rows.orderBy('t.created_at', 'desc').orderBy('t.id', 'desc');
}
