import type { ReactElement, ReactNode } from 'react';

/** Names and values side by side, on a narrow screen below each other. */
export function DescriptionList({ children }: { readonly children: ReactNode }): ReactElement {
  return <dl className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]">{children}</dl>;
}

export function Described({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <>
      <dt className="text-sm text-soft max-sm:-mb-2.5">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
