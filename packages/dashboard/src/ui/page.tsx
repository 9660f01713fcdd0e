import { type ReactElement, type ReactNode, useEffect } from 'react';
import { classes } from './classes.ts';

export interface PageProps {
  /** The page's one heading, and the window's title. */
  readonly title: string;
  readonly description?: ReactNode;
  /** What can be done here, the main thing last. */
  readonly actions?: ReactNode;
  /** Above the title: where this page belongs. */
  readonly above?: ReactNode;
  readonly width?: 'narrow' | 'normal' | 'wide' | undefined;
  readonly children: ReactNode;
}

const WIDTHS = { narrow: 'max-w-[44rem]', normal: 'max-w-[60rem]', wide: 'max-w-[80rem]' } as const;

export function Page({
  title,
  description,
  actions,
  above,
  width = 'normal',
  children,
}: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Latchkey`;
  }, [title]);
  return (
    <div className={classes('mx-auto flex w-full flex-col gap-5 px-4 py-6 md:px-8 md:py-8', WIDTHS[width])}>
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {above !== undefined && <div className="mb-1.5 text-sm text-soft">{above}</div>}
          <h1 className="text-xl font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]">{title}</h1>
          {description !== undefined && <div className="mt-1 max-w-[44rem] text-soft">{description}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
