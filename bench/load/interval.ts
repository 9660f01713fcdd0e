export interface Interval {
  readonly median: number;
  /** Bounds of the median at 95 %, from the order of the rounds alone (binomial): no shape of noise is assumed. */
  readonly low: number;
  readonly high: number;
}

/** @throws TypeError for fewer than six rounds, which cannot bound a median at 95 % */
export function intervalOf(rounds: readonly number[]): Interval {
  if (rounds.length < 6) throw new TypeError('an interval wants at least six rounds');
  const sorted = [...rounds].sort((a, b) => a - b);
  const count = sorted.length;
  let tail = 0;
  let rank = 0;
  let ways = 1;
  for (let below = 0; below < count / 2; below += 1) {
    tail += ways / 2 ** count;
    if (tail > 0.025) break;
    rank = below + 1;
    ways = (ways * (count - below)) / (below + 1);
  }
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = count / 2;
  const median = Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
  return { median, low: at(Math.max(rank - 1, 0)), high: at(count - Math.max(rank, 1)) };
}
