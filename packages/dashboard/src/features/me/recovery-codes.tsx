import { Download } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { downloadText } from '../../ui/download-text.ts';
import { useMeTexts } from './texts.ts';

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Shown once: the dialog closes only by the word that they are stored. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps): ReactElement {
  const texts = useMeTexts();
  const [isStored, setStored] = useState(false);
  const text = `${codes.join('\n')}\n`;
  return (
    <Dialog
      title={texts.recoveryTitle}
      description={texts.recoveryText}
      isSticky
      onClose={onClose}
      footer={
        <Button kind="primary" disabled={!isStored} onClick={onClose}>
          {texts.done}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ul
          aria-label={texts.recoveryCodes}
          className="grid gap-x-6 sm:grid-cols-2 gap-y-1.5 rounded-md border border-line bg-sunken p-3.5 font-mono text-sm whitespace-nowrap"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={text} label={texts.copyCodes} />
          <Button size="small" onClick={() => downloadText('latchkey-recovery-codes.txt', text)}>
            <Download aria-hidden className="size-3.5" />
            {texts.download}
          </Button>
        </div>
        <Checkbox
          label={texts.recoveryStored}
          checked={isStored}
          onChange={(event) => setStored(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}
