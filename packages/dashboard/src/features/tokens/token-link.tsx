import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

export interface TokenLinkProps {
  readonly account: string;
  readonly token: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** To the page of a token. */
export function TokenLink({ account, token, className, children }: TokenLinkProps): ReactElement {
  const to: string = `/a/${account}/tokens/${token}`;
  return (
    <Link to={to} className={className}>
      {children}
    </Link>
  );
}
