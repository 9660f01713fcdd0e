import type { NativeToken } from '@latchkey/wire/native';
import { Download } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useTokenFormTexts } from '../form/texts.ts';
import { envFile } from './env-file.ts';
import { useTokenCreateTexts } from './texts.ts';

export interface ShownOnceProps {
  /** The answer to its creation, with the text. */
  readonly token: NativeToken & { readonly token: string };
  /** The reader has it, or the page is left: whoever holds the token forgets its text. */
  readonly onDone: () => void;
}

/** A new token's text. A secret is shown here and never again; a public one can be looked at later. */
export function ShownOnce({ token, onDone }: ShownOnceProps): ReactElement {
  const texts = useTokenCreateTexts();
  const form = useTokenFormTexts();
  const isSecret = token.usage !== 'pk';
  const [isDownloaded, setDownloaded] = useState(false);
  // A page that the browser keeps for its back button must not keep the text.
  useEffect(() => {
    window.addEventListener('pagehide', onDone);
    return () => window.removeEventListener('pagehide', onDone);
  }, [onDone]);
  useEffect(() => {
    if (!isSecret) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSecret]);
  return (
    <Dialog
      title={isSecret ? texts.readySecret : texts.readyPublic}
      description={isSecret ? texts.readySecretText : texts.readyPublicText}
      isSticky={isSecret}
      onClose={onDone}
      footer={
        <>
          <Button
            onClick={() => {
              save(envFile({ text: token.token, id: token.id, note: token.note, account: token.account }));
              setDownloaded(true);
            }}
          >
            <Download aria-hidden className="size-4" />
            {isDownloaded ? texts.downloaded : texts.download}
          </Button>
          <Button kind="primary" onClick={onDone}>
            {isSecret ? texts.stored : texts.done}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex items-start gap-2 rounded-md border border-line bg-sunken py-2 pr-2 pl-3">
          <output
            aria-label={texts.token}
            className="min-w-0 flex-1 py-1 font-mono text-sm break-all select-all"
          >
            {token.token}
          </output>
          <CopyButton text={token.token} label={texts.copyToken} />
        </div>
        {token.warnings !== undefined && (
          <Callout kind="warning" title={texts.warnings}>
            <ul className="flex flex-col gap-1">
              {token.warnings.map((warning) => (
                <li key={`${warning.code} ${warning.entry}`}>
                  <span className="font-mono text-sm">{warning.entry}</span>: {form.warning(warning)}
                </li>
              ))}
            </ul>
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

/** The file is made in the page: the text goes over the network no second time. */
function save({ name, text }: { readonly name: string; readonly text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads it when the browser comes to it.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
