import { Globe, Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import { classes } from '../../../ui/classes.ts';
import { useTokenCreateTexts } from './texts.ts';

/** Says, while scopes are chosen, what kind of token it will be. */
export function LiveLine({
  usage,
  hasScopes,
}: {
  readonly usage: 'pk' | 'sk';
  readonly hasScopes: boolean;
}): ReactElement {
  const texts = useTokenCreateTexts();
  const Icon = usage === 'pk' ? Globe : Lock;
  return (
    <p role="status" className="flex min-w-0 flex-1 items-start gap-2.5">
      <Icon
        aria-hidden
        className={classes(
          'mt-[3px] size-4 shrink-0',
          !hasScopes ? 'text-soft' : usage === 'pk' ? 'text-success-ink' : 'text-accent-ink',
        )}
      />
      <span>{texts.willBe[hasScopes ? usage : 'none']}</span>
    </p>
  );
}
