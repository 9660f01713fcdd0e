/** Names that are forgotten after a while. Bounded: past the limit the oldest are forgotten at once. */
export interface ExpiringSet {
  add(name: string): void;
  has(name: string): boolean;
}

const LIMIT = 10_000;

/** @param now milliseconds */
export function createExpiringSet(lifetimeMs: number, now: () => number): ExpiringSet {
  /** In the order in which they were added. */
  const added = new Map<string, number>();
  return {
    add(name) {
      added.delete(name);
      added.set(name, now());
      if (added.size <= LIMIT) return;
      const [oldest] = added.keys();
      if (oldest !== undefined) added.delete(oldest);
    },
    has(name) {
      const at = added.get(name);
      if (at === undefined) return false;
      if (now() - at < lifetimeMs) return true;
      added.delete(name);
      return false;
    },
  };
}
