import type { Clock } from './clock.ts';

/** For so long the wall clock tells how much time has passed. */
const TRUSTED_MS = 1000;

/**
 * Monotonic milliseconds at a moment of which the wall clock's time is known already: reading both clocks would take a
 * decision longer than finding its token. The wall clock may be set at any time, and is then believed for at most a second.
 */
export function createSteadyTime(clock: Pick<Clock, 'monotonic'>): (wall: number) => number {
  let readAtWall = Number.NaN;
  let read = 0;
  return (wall) => {
    const passed = wall - readAtWall;
    if (passed >= 0 && passed < TRUSTED_MS) return read + passed;
    readAtWall = wall;
    read = clock.monotonic();
    return read;
  };
}
