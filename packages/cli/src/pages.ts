import type { Context } from './context.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** What to give as `--cursor` for the page after; null: nothing follows. */
  readonly next: string | null;
}

/** One page from `cursor` on, or with `all` every page from there on as one. */
export async function collectPages<T>(
  all: boolean,
  cursor: string | undefined,
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<Page<T>> {
  let page = await fetchPage(cursor);
  const items = [...page.items];
  while (all && page.next !== null) {
    page = await fetchPage(page.next);
    items.push(...page.items);
  }
  return { items, next: page.next };
}

/** Tells people that there is more; JSON has it in `next`. */
export function nextPageHint(context: Context, next: string | null): void {
  if (next === null || context.globals().json) return;
  context.terminal.err.write(`${context.text.common.more} --cursor ${next}\n`);
}
