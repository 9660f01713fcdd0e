import { type ReactElement, type ReactNode, useId } from 'react';

export interface PanelProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** At the end of the title's line. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  readonly footer?: ReactNode;
  /** Tables bring their own margins. */
  readonly isFlush?: boolean | undefined;
}

/** A part of a page with a frame and, mostly, a title. */
export function Panel({
  title,
  description,
  actions,
  children,
  footer,
  isFlush = false,
}: PanelProps): ReactElement {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className="overflow-hidden rounded-lg border border-line bg-panel"
    >
      {title !== undefined && (
        <header className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3.5 pb-3 sm:px-5">
          <div className="min-w-[min(100%,16rem)] flex-1">
            <h2 id={id} className="text-base font-semibold">
              {title}
            </h2>
            {description !== undefined && <div className="mt-0.5 max-w-[44rem] text-soft">{description}</div>}
          </div>
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      {children !== undefined && (
        <div className={isFlush ? '' : title === undefined ? 'px-4 py-4 sm:px-5' : 'px-4 pt-1 pb-5 sm:px-5'}>
          {children}
        </div>
      )}
      {footer !== undefined && (
        <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3 sm:px-5">
          {footer}
        </footer>
      )}
    </section>
  );
}
