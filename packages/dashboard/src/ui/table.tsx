import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';

/** A table that scrolls sideways by itself where the window is narrow. */
export function Table({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="overflow-x-auto -outline-offset-2"
    >
      <table className="w-full border-collapse text-left">{children}</table>
    </section>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>): ReactElement {
  return (
    <th
      scope="col"
      {...rest}
      className={classes(
        'border-b border-line px-3 py-2 text-xs font-medium whitespace-nowrap text-soft first:pl-4 last:pr-4',
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>): ReactElement {
  return (
    <td
      {...rest}
      className={classes('border-b border-line px-3 py-2.5 align-top first:pl-4 last:pr-4', className)}
    />
  );
}
