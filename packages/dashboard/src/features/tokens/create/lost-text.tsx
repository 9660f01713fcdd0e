import type { ReactElement } from 'react';
import { useAccount } from '../../../session/use-session.ts';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TokenLink } from '../token-link.tsx';
import { useTokenCreateTexts } from './texts.ts';

/** The token was made by a call whose answer never came; the answer to the repeated call does not tell its text. */
export function LostText({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}): ReactElement {
  const texts = useTokenCreateTexts();
  const { name: account } = useAccount();
  return (
    <Dialog
      title={texts.alreadyShown}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.done}</Button>
          <TokenLink account={account} token={id} className={buttonClasses({ kind: 'primary' })}>
            {texts.toToken}
          </TokenLink>
        </>
      }
    >
      <p className="text-soft">{texts.alreadyShownText}</p>
    </Dialog>
  );
}
