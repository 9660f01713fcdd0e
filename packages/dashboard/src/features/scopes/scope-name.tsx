import type { ReactElement } from 'react';

export function ScopeName({ name }: { readonly name: string }): ReactElement {
  return (
    <code className="rounded-sm border border-line bg-sunken px-1.5 text-sm whitespace-nowrap">{name}</code>
  );
}
