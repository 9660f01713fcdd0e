import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Spinner } from './spinner.tsx';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'normal';

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors no-underline disabled:opacity-55 aria-disabled:opacity-55';

const KINDS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'bg-panel text-ink border border-line-strong/60 hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-on-accent hover:bg-danger-strong',
} as const satisfies Record<ButtonKind, string>;

const SIZES = {
  small: 'h-7 px-2.5 text-sm',
  normal: 'h-9 px-3.5 text-base',
} as const satisfies Record<ButtonSize, string>;

export interface ButtonLook {
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
}

/** Class names of a button, for links that look like one. */
export function buttonClasses({ kind = 'secondary', size = 'normal' }: ButtonLook, more?: string): string {
  return classes(BASE, KINDS[kind], SIZES[size], more);
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'>, ButtonLook {
  readonly children: ReactNode;
  /** Something is under way that this button began: it spins, and cannot be pressed again. */
  readonly isBusy?: boolean | undefined;
}

export function Button({
  kind,
  size,
  isBusy = false,
  type = 'button',
  className,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={buttonClasses({ kind, size }, className)}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}
