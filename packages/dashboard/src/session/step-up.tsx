import { STEP_UP_CLASSES, type StepUpClass } from '@latchkey/core';
import { LatchkeyApiError } from '@latchkey/wire/client';
import { createContext, type ReactElement, type ReactNode, use, useCallback, useState } from 'react';
import { StepUpDialog } from './step-up-dialog.tsx';

/** The reader closed the dialog: the call was not made, and nothing is wrong. */
export class StepUpDeclined extends Error {
  override readonly name = 'StepUpDeclined';
}

/** Makes a call; where the server wants a confirmation first, asks for it and then makes the call again. */
export type WithStepUp = <T>(call: () => Promise<T>) => Promise<T>;

interface Asked {
  readonly stepUp: StepUpClass;
  readonly settle: (isConfirmed: boolean) => void;
}

const StepUpContext = createContext<WithStepUp | undefined>(undefined);

/**
 * Around every call that may want the password again:
 *
 *     const withStepUp = useStepUp();
 *     useMutation({ mutationFn: (body) => withStepUp(() => client.native.tokens.create(body)) });
 *
 * It rejects with `StepUpDeclined` where the reader does not confirm.
 */
export function useStepUp(): WithStepUp {
  const withStepUp = use(StepUpContext);
  if (withStepUp === undefined) throw new TypeError('no StepUpProvider above');
  return withStepUp;
}

export function StepUpProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const withStepUp = useCallback<WithStepUp>(async (call) => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof LatchkeyApiError)) throw error;
      const stepUp = STEP_UP_CLASSES.find((each) => each === error.stepUp);
      if (stepUp === undefined) throw error;
      const isConfirmed = await new Promise<boolean>((settle) => setAsked({ stepUp, settle }));
      setAsked(undefined);
      if (!isConfirmed) throw new StepUpDeclined();
      return call();
    }
  }, []);
  return (
    <StepUpContext value={withStepUp}>
      {children}
      {asked !== undefined && <StepUpDialog stepUp={asked.stepUp} onSettled={asked.settle} />}
    </StepUpContext>
  );
}
