import type { ReactElement, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { FailedState, RefusedState } from '../ui/states.tsx';
import { useUiTexts } from '../ui/texts.ts';
import { describeFailure, type Failure } from './describe-failure.ts';

export interface FailureStateProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Instead of the retry, or beside it. */
  readonly actions?: ReactNode;
}

/** In the place of what could not be fetched. A missing right is drawn as a refusal, which no retry helps. */
export function FailureState({ error, onRetry, actions }: FailureStateProps): ReactElement {
  const texts = useUiTexts();
  const failure = describeFailure(error, texts);
  if (failure.isRefusal) {
    return (
      <RefusedState title={failure.title} actions={actions}>
        <Sentences failure={failure} />
      </RefusedState>
    );
  }
  return (
    <FailedState
      title={failure.title}
      actions={
        <>
          {onRetry !== undefined && <Button onClick={onRetry}>{texts.retry}</Button>}
          {actions}
        </>
      }
    >
      <Sentences failure={failure} />
    </FailedState>
  );
}

/** Beside the button that failed. Nothing where there is no error. */
export function FailureCallout({ error }: { readonly error: unknown }): ReactElement | null {
  const texts = useUiTexts();
  if (error === null || error === undefined) return null;
  const failure = describeFailure(error, texts);
  return (
    <Callout kind="danger" title={failure.title} isAnnounced>
      <Sentences failure={failure} />
    </Callout>
  );
}

function Sentences({ failure }: { readonly failure: Failure }): ReactElement {
  const texts = useUiTexts();
  return (
    <>
      {failure.detail !== undefined && <p>{failure.detail}</p>}
      {failure.fix !== undefined && <p>{failure.fix}</p>}
      {failure.requestId !== undefined && (
        <p className="text-xs text-faint">{texts.requestId({ id: failure.requestId })}</p>
      )}
    </>
  );
}
