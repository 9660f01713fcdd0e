import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

export interface VirtualRowsOptions {
  readonly count: number;
  /** Of a row, in pixels; an estimate where rows are measured. */
  readonly height: number;
  /** Called when the last rows come into view. */
  readonly onEnd: () => void;
  /** Chooses a row, or takes the choice back. */
  readonly toggle: (at: number) => void;
}

export interface VirtualRows<E extends HTMLElement> {
  /** What holds the rows. */
  readonly body: RefObject<E | null>;
  /** The rows that are to be drawn; each carries its index as `data-row`. */
  readonly items: readonly VirtualItem[];
  /** Pixels that stand for the rows before and after them. */
  readonly before: number;
  readonly after: number;
  /** For rows of different heights: as `ref`, with the index as `data-index`. */
  readonly measure: (row: HTMLElement | null) => void;
  /** Arrow keys, Home and End go from row to row; `x` chooses. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Rows drawn beyond each edge of the window. */
const OVERSCAN = 12;
/** So many rows before the last one the next page is asked for. */
const AHEAD = 40;

/** Draws the rows near the window only; the window itself scrolls. */
export function useVirtualRows<E extends HTMLElement>(options: VirtualRowsOptions): VirtualRows<E> {
  const { count, height, onEnd, toggle } = options;
  const body = useRef<E>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const place = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);

  const lastIndex = last?.index ?? -1;
  useEffect(() => {
    if (count > 0 && lastIndex >= count - 1 - AHEAD) onEnd();
  }, [lastIndex, count, onEnd]);

  const goTo = useCallback(
    (at: number) => {
      virtualizer.scrollToIndex(at, { align: 'auto' });
      // The row is drawn once the window has scrolled.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          body.current?.querySelector<HTMLElement>(`[data-row="${at}"] a`)?.focus(),
        ),
      );
    },
    [virtualizer],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (row === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = Number(row.dataset.row);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      goTo(Math.min(Math.max(target, 0), count - 1));
    } else if (event.key === 'x') toggle(at);
  };
  return {
    body,
    items,
    before: first === undefined ? 0 : first.start - top,
    after: last === undefined ? 0 : virtualizer.getTotalSize() - (last.end - top),
    measure: virtualizer.measureElement,
    onKeyDown,
  };
}
