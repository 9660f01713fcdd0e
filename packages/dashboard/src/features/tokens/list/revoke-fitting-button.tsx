import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { ListSearch } from './list-search.ts';
import { revocableFilter } from './revocation.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { useTokenListTexts } from './texts.ts';

/** Revokes all that search and filters leave over, whether they are loaded or not; nothing where the list is not narrowed. */
export function RevokeFittingButton({ search }: { readonly search: ListSearch }): ReactElement | null {
  const texts = useTokenListTexts();
  const [isRevoking, setRevoking] = useState(false);
  const filter = revocableFilter(search);
  if (filter === undefined) return null;
  const close = () => setRevoking(false);
  return (
    <>
      <Button size="small" kind="quiet" className="text-danger-ink" onClick={() => setRevoking(true)}>
        {texts.revokeAllFitting}
      </Button>
      {isRevoking && <RevokeDialog choice={{ filter }} onClose={close} onRevoked={close} />}
    </>
  );
}
