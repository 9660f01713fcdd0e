import type { ComponentProps, ReactElement } from 'react';
import { classes } from './classes.ts';

/** Classes that every control with a text in it shares. */
export const CONTROL =
  'w-full rounded-md border border-line-strong bg-panel px-3 text-base text-ink transition-colors focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger-ink';

export function Input({ className, ...rest }: ComponentProps<'input'>): ReactElement {
  return <input {...rest} className={classes(CONTROL, 'h-9', className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>): ReactElement {
  return <textarea {...rest} className={classes(CONTROL, 'min-h-20 py-2', className)} />;
}
