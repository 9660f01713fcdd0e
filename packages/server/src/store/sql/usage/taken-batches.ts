/** Which sequences of a reporter were taken: first and last of every run, in order. */
export type TakenBatches = readonly (readonly [first: number, last: number])[];

/** So many runs are kept apart. A reporter that leaves more gaps has its oldest ones closed: what comes late for them is not taken. */
const RUNS_LIMIT = 1000;

/** With one more; undefined where it was taken before. */
export function withBatch(taken: TakenBatches, sequence: number): TakenBatches | undefined {
  const after = taken.findIndex(([first]) => first > sequence);
  const place = after === -1 ? taken.length : after;
  const before = taken[place - 1];
  if (before !== undefined && before[1] >= sequence) return undefined;
  const next = taken[place];
  const joinsBefore = before !== undefined && before[1] === sequence - 1;
  const joinsNext = next !== undefined && next[0] === sequence + 1;
  const run = [joinsBefore ? before[0] : sequence, joinsNext ? next[1] : sequence] as const;
  const runs = [
    ...taken.slice(0, joinsBefore ? place - 1 : place),
    run,
    ...taken.slice(joinsNext ? place + 1 : place),
  ];
  const [oldest, second] = runs;
  if (runs.length <= RUNS_LIMIT || oldest === undefined || second === undefined) return runs;
  return [[oldest[0], second[1]], ...runs.slice(2)];
}

/** True where nothing is missing up to and with this sequence. */
export function isWhole(taken: TakenBatches, sequence: number): boolean {
  const [first] = taken;
  return first !== undefined && first[0] === 1 && first[1] >= sequence;
}
