import { Inbox, type LucideIcon, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

export interface StateProps {
  readonly title: string;
  /** Why, and what to do next. */
  readonly children?: ReactNode;
  /** Buttons and links. */
  readonly actions?: ReactNode;
  readonly icon?: LucideIcon | undefined;
}

/** There is nothing here yet: says what belongs here and how to make the first one. */
export function EmptyState({ icon = Inbox, ...state }: StateProps): ReactElement {
  return <State {...state} icon={icon} />;
}

/** It could not be shown: says what to do. See `ErrorState` of api/ for failures of calls. */
export function FailedState(state: StateProps): ReactElement {
  return (
    <div role="alert">
      <State icon={TriangleAlert} {...state} />
    </div>
  );
}

/** The reader may not: says which role or scope is missing and who can give it. */
export function RefusedState(state: StateProps): ReactElement {
  return <State icon={ShieldAlert} {...state} />;
}

function State({ title, children, actions, icon: Icon = Inbox }: StateProps): ReactElement {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <span className="flex size-11 items-center justify-center rounded-full bg-sunken text-soft">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && (
        <div className="flex max-w-[28rem] flex-col gap-2 text-soft">{children}</div>
      )}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
