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
  return (
    <Link to="/a/$account/tokens/$token" params={{ account, token }} className={className}>
      {children}
    </Link>
  );
}
