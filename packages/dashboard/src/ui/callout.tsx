import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';

export type CalloutKind = 'info' | 'success' | 'warning' | 'danger';

const KINDS = {
  info: { box: 'border-line bg-sunken', mark: 'text-soft', Icon: Info },
  success: { box: 'border-success-ink/25 bg-success-soft', mark: 'text-success-ink', Icon: CircleCheck },
  warning: { box: 'border-warning-ink/25 bg-warning-soft', mark: 'text-warning-ink', Icon: TriangleAlert },
  danger: { box: 'border-danger-ink/25 bg-danger-soft', mark: 'text-danger-ink', Icon: CircleAlert },
} as const;

export interface CalloutProps {
  readonly kind?: CalloutKind | undefined;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  /** It came up while the page was open: readers are told at once. */
  readonly isAnnounced?: boolean | undefined;
}

/** Something to know here, before going on. */
export function Callout({ kind = 'info', title, children, isAnnounced = false }: CalloutProps): ReactElement {
  const { box, mark, Icon } = KINDS[kind];
  return (
    <div
      role={isAnnounced ? 'alert' : undefined}
      className={classes('flex gap-2.5 rounded-md border px-3 py-2.5', box)}
    >
      <Icon aria-hidden className={classes('mt-[3px] size-4 shrink-0', mark)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 [overflow-wrap:anywhere]">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
