import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly code: string;
  /** Names what it is for readers and for the button: "curl". */
  readonly label: string;
  /** Long lines are broken rather than scrolled. */
  readonly isWrapped?: boolean | undefined;
}

/** Text to be copied as it is. */
export function CodeBlock({ code, label, isWrapped = false }: CodeBlockProps): ReactElement {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-3 border-b border-line py-1 pr-1.5 pl-3 text-sm text-soft">
        {label}
        <CopyButton text={code} kind="quiet" />
      </figcaption>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={label}
        className={classes(
          'overflow-x-auto p-3 font-mono text-sm whitespace-pre -outline-offset-2',
          isWrapped && 'break-all whitespace-pre-wrap',
        )}
      >
        <code>{code}</code>
      </section>
    </figure>
  );
}
