import type { Compilable, Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

/** Rows of one statement; engines bound the number of its values. */
const CHUNK = 100;

/** Runs an insert for any number of rows with few statements, each compiled once. */
export type InsertRows<Row> = (db: Kysely<Schema>, rows: readonly Row[]) => Promise<void>;

/**
 * @param columns of every row, in any order
 * @param build the insert, given its rows. No two rows of a call may conflict with each other: not every engine takes that
 */
export function insertRows<Row extends object>(
  columns: readonly (keyof Row & string)[],
  build: (rows: readonly Row[]) => Compilable<unknown>,
): InsertRows<Row> {
  const forMany = compiled(columns, CHUNK, build);
  const forOne = compiled(columns, 1, build);
  return async (db, rows) => {
    let at = 0;
    for (; at + CHUNK <= rows.length; at += CHUNK) {
      await db.executeQuery(forMany(valuesOf(columns, rows.slice(at, at + CHUNK))));
    }
    for (; at < rows.length; at += 1) {
      await db.executeQuery(forOne(valuesOf(columns, rows.slice(at, at + 1))));
    }
  };
}

/** The values of all rows, one row after the other. */
type Bound = readonly unknown[];

function compiled<Row extends object>(
  columns: readonly (keyof Row & string)[],
  count: number,
  build: (rows: readonly Row[]) => Compilable<unknown>,
) {
  return statement<Bound, unknown>((value) =>
    build(
      Array.from({ length: count }, (_, row) => {
        const entries = columns.map((column, place) => [column, value(row * columns.length + place)]);
        // Every column of the row is there; `statement` binds what stands in for its value.
        return Object.fromEntries(entries) as Row;
      }),
    ),
  );
}

function valuesOf<Row extends object>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): Bound {
  const bound: unknown[] = [];
  for (const row of rows) {
    for (const column of columns) bound.push(row[column]);
  }
  return bound;
}
