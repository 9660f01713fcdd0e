import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CHOICE_LIMIT } from './revocation.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { useTokenListTexts } from './texts.ts';

/** What can be done with the rows that are ticked; nothing where none are. */
export function ChosenBar({
  chosen,
  onDone,
}: {
  readonly chosen: readonly string[];
  readonly onDone: () => void;
}): ReactElement | null {
  const texts = useTokenListTexts();
  const [isRevoking, setRevoking] = useState(false);
  if (chosen.length === 0) return null;
  const isTooMany = chosen.length > CHOICE_LIMIT;
  return (
    <div className="sticky top-15 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent-ink/40 bg-raised px-4 py-2 shadow-float md:top-2">
      <p role="status" className="font-medium tabular-nums">
        {texts.chosen({ count: chosen.length })}
      </p>
      {isTooMany && <p className="text-sm text-soft">{texts.tooMany({ limit: CHOICE_LIMIT })}</p>}
      <span className="ml-auto flex gap-2">
        <Button size="small" kind="quiet" onClick={onDone}>
          {texts.unchoose}
        </Button>
        <Button size="small" kind="danger" disabled={isTooMany} onClick={() => setRevoking(true)}>
          {texts.revoke}
        </Button>
      </span>
      {isRevoking && (
        <RevokeDialog
          choice={{ ids: [...chosen] }}
          onClose={() => setRevoking(false)}
          onRevoked={() => {
            setRevoking(false);
            onDone();
          }}
        />
      )}
    </div>
  );
}
