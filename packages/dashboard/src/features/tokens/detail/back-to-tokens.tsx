import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTokenPageTexts } from './texts.ts';

/** Above the title: the list that this token stands in. */
export function BackToTokens({ account }: { readonly account: string }): ReactElement {
  const texts = useTokenPageTexts();
  return (
    <Link
      to="/a/$account/tokens"
      params={{ account }}
      className="inline-flex items-center gap-1 text-soft hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-3.5" />
      {texts.back}
    </Link>
  );
}
