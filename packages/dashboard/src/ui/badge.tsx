import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const TONES = {
  neutral: 'bg-sunken text-soft border-line',
  accent: 'bg-accent-soft text-accent-ink border-accent-ink/25',
  success: 'bg-success-soft text-success-ink border-success-ink/25',
  warning: 'bg-warning-soft text-warning-ink border-warning-ink/25',
  danger: 'bg-danger-soft text-danger-ink border-danger-ink/25',
} as const satisfies Record<Tone, string>;

/** A word or two that say what kind of thing this is; colour never says it alone. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs leading-[1.125rem] font-medium whitespace-nowrap [&_svg]:size-3',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
