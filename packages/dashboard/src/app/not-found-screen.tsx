import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import type { ReactElement } from 'react';
import { buttonClasses } from '../ui/button.tsx';
import { RefusedState } from '../ui/states.tsx';
import { useShellTexts } from './texts.ts';

/** The same for what is not there and for what belongs to others, so that nobody learns which it is. */
export function NotFoundScreen(): ReactElement {
  const texts = useShellTexts();
  return (
    <RefusedState
      icon={Compass}
      title={texts.notFound}
      actions={
        <Link to="/" className={buttonClasses({ kind: 'secondary' })}>
          {texts.toStart}
        </Link>
      }
    >
      <p>{texts.notFoundFix}</p>
    </RefusedState>
  );
}
