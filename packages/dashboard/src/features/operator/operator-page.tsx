import type { ReactElement, ReactNode } from 'react';
import { useSession } from '../../session/use-session.ts';
import { RefusedState } from '../../ui/states.tsx';
import { useOperatorTexts } from './texts.ts';

/** Gives its content the operator's account, or says who may see it. The server refuses whatever is shown. */
export function OperatorPage({
  children,
}: {
  readonly children: (operator: string) => ReactNode;
}): ReactElement {
  const texts = useOperatorTexts();
  const account = useSession().accounts.find(
    ({ kind, role }) => kind === 'operator' && (role === 'owner' || role === 'admin'),
  );
  if (account === undefined) {
    return (
      <RefusedState title={texts.notOperatorTitle}>
        <p>{texts.notOperator}</p>
      </RefusedState>
    );
  }
  return <>{children(account.name)}</>;
}
