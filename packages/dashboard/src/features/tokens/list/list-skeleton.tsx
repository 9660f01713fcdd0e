import type { ReactElement } from 'react';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUiTexts } from '../../../ui/texts.ts';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** The list on its way: as high as its rows, so that nothing jumps. */
export function ListSkeleton(): ReactElement {
  const texts = useUiTexts();
  return (
    <div role="status">
      <span className="sr-only">{texts.loading}</span>
      {ROWS.map((row) => (
        <div key={row} className="flex h-14 items-center gap-6 border-b border-line px-4 last:border-b-0">
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="hidden h-4 w-16 lg:block" />
          <Skeleton className="hidden h-4 flex-1 lg:block" />
        </div>
      ))}
    </div>
  );
}
