import type { ReactElement, ReactNode } from 'react';
import { useLanguage } from '../language/language-context.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { FailedState, RefusedState } from '../ui/states.tsx';
import { useUiTexts } from '../ui/texts.ts';
import { describeFailure, type Failure } from './describe-failure.ts';
import { useProblemTexts } from './problem-texts.ts';

export interface FailureStateProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Instead of the retry, or beside it. */
  readonly actions?: ReactNode;
}

/** In the place of what could not be fetched. A missing right is drawn as a refusal, which no retry helps. */
export function FailureState({ error, onRetry, actions }: FailureStateProps): ReactElement {
  const texts = useUiTexts();
  const { words } = useProblemTexts();
  const failure = describeFailure(error, texts, words);
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
  const { words } = useProblemTexts();
  if (error === null || error === undefined) return null;
  const failure = describeFailure(error, texts, words);
  return (
    <Callout kind="danger" title={failure.title} isAnnounced>
      <Sentences failure={failure} />
    </Callout>
  );
}

function Sentences({ failure }: { readonly failure: Failure }): ReactElement {
  const texts = useUiTexts();
  const { language } = useLanguage();
  return (
    <>
      {failure.detail !== undefined && language === 'en' && <p>{failure.detail}</p>}
      {failure.fix !== undefined && <p>{failure.fix}</p>}
      {/* The server tells the case at hand in English. */}
      {failure.detail !== undefined && language !== 'en' && (
        <p lang="en" className="text-sm text-soft">
          {failure.detail}
        </p>
      )}
      {failure.requestId !== undefined && (
        <p className="text-xs text-faint">{texts.requestId({ id: failure.requestId })}</p>
      )}
    </>
  );
}
