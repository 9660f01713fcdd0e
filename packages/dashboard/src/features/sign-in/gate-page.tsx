import { type ReactElement, type ReactNode, useEffect } from 'react';

export interface GatePageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of the way in: one heading, one form. */
export function GatePage({ title, description, children }: GatePageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Latchkey`;
  }, [title]);
  return (
    <div className="flex flex-col gap-5">
      <header>
        <h1 className="text-xl font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]">{title}</h1>
        {description !== undefined && <div className="mt-1.5 text-soft">{description}</div>}
      </header>
      {children}
    </div>
  );
}
