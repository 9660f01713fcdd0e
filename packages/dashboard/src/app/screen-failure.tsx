import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureState } from '../api/failure.tsx';

/** In the place of a screen that could not be shown. */
export function ScreenFailure({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  return (
    <FailureState
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
