import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useGuideTexts } from '../texts.ts';
import { Demo } from './demo.tsx';

/** What happens to a secret after it was shown. */
export function ShownOnce(): ReactElement {
  const texts = useGuideTexts().shownOnce;
  const [isStored, setStored] = useState(false);
  return (
    <Demo label={texts.label}>
      <div role="status" className="flex flex-col gap-3">
        {isStored ? (
          <p>{texts.gone}</p>
        ) : (
          <>
            <p className="font-medium">{texts.step}</p>
            <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all">
              sk.{btoa('{"u":"acme"}').replaceAll('=', '')}….{'•'.repeat(22)}
            </p>
            <p className="text-soft">{texts.only}</p>
          </>
        )}
      </div>
      <div>
        <Button kind={isStored ? 'secondary' : 'primary'} size="small" onClick={() => setStored(!isStored)}>
          {isStored ? texts.again : texts.stored}
        </Button>
      </div>
    </Demo>
  );
}
