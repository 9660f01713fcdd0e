import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactElement } from 'react';
import { classes } from './classes.ts';
import { CONTROL } from './input.tsx';

/** The browser's own list: it works on every device, and with every reader. Its children are `<option>`. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>): ReactElement {
  return (
    <span className={classes('relative inline-flex', className)}>
      <select {...rest} className={classes(CONTROL, 'h-9 appearance-none pr-8')}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-soft"
      />
    </span>
  );
}
