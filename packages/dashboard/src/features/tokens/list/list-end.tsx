import type { ReactElement } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { Button } from '../../../ui/button.tsx';
import { useTokenListTexts } from './texts.ts';

export interface ListEndProps {
  readonly count: number;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Why the next page did not come. */
  readonly error: unknown;
  readonly onMore: () => void;
}

/** How many there are, and the way to more for who does not scroll. */
export function ListEnd({ count, hasMore, isLoading, error, onMore }: ListEndProps): ReactElement {
  const texts = useTokenListTexts();
  return (
    <div className="flex flex-col gap-3 text-sm text-soft">
      <FailureCallout error={error} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status">
          {texts.shown({ count, more: hasMore })}
          {isLoading && ` · ${texts.loadingMore}`}
        </p>
        {hasMore && (
          <Button size="small" isBusy={isLoading} onClick={onMore}>
            {texts.loadMore}
          </Button>
        )}
        <p className="max-lg:hidden lg:ml-auto">{texts.keys}</p>
      </div>
    </div>
  );
}
