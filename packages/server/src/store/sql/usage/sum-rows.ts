/** One row for each key, put together in the order in which the keys come first. */
export function sumRows<Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
  join: (one: Row, other: Row) => Row,
): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = sums.get(key);
    sums.set(key, known === undefined ? row : join(known, row));
  }
  return [...sums.values()];
}
