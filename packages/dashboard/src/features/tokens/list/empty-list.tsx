import { Link } from '@tanstack/react-router';
import { KeyRound, SearchX } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { useTokenListTexts } from './texts.ts';

export interface EmptyListProps {
  readonly account: string;
  readonly mayCreate: boolean;
  /** Nothing fits; otherwise there is nothing at all. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

export function EmptyList({ account, mayCreate, isFiltered, onClear }: EmptyListProps): ReactElement {
  const texts = useTokenListTexts();
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title={texts.nothingFits}
        actions={<Button onClick={onClear}>{texts.clearAll}</Button>}
      >
        <p>{texts.nothingFitsText}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={KeyRound}
      title={texts.empty}
      actions={
        mayCreate && (
          <Link
            to="/a/$account/tokens/new"
            params={{ account }}
            className={buttonClasses({ kind: 'primary' })}
          >
            {texts.create}
          </Link>
        )
      }
    >
      <p>{texts.emptyText}</p>
      {!mayCreate && <p>{texts.emptyForViewer}</p>}
    </EmptyState>
  );
}
