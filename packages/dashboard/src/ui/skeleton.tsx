import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import { useUiTexts } from './texts.ts';

/** The place of something that is on its way; `className` gives it its size. */
export function Skeleton({ className }: { readonly className?: string | undefined }): ReactElement {
  return (
    <span
      aria-hidden
      className={classes('block animate-pulse rounded-sm bg-line', className ?? 'h-4 w-32')}
    />
  );
}

/** Lines of text on their way, announced as such. */
export function SkeletonLines({ lines = 4 }: { readonly lines?: number | undefined }): ReactElement {
  const texts = useUiTexts();
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{texts.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <Skeleton key={line} className={classes('h-4', line % 3 === 2 ? 'w-1/2' : 'w-full')} />
      ))}
    </div>
  );
}
