import { Check, Copy } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { Button, type ButtonLook } from './button.tsx';
import { useUiTexts } from './texts.ts';

export interface CopyButtonProps extends ButtonLook {
  /** What goes to the clipboard. */
  readonly text: string;
  /** What it copies, said to readers: "Copy token". Left out: "Copy". */
  readonly label?: string | undefined;
  readonly onCopied?: (() => void) | undefined;
}

const SHOWN_MS = 2_000;

export function CopyButton({ text, label, size = 'small', kind, onCopied }: CopyButtonProps): ReactElement {
  const texts = useUiTexts();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await writeToClipboard(text);
    setCopied(true);
    onCopied?.();
  };
  return (
    <>
      <Button size={size} kind={kind} aria-label={label} onClick={() => void copy()}>
        {isCopied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
        {isCopied ? texts.copied : texts.copy}
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? texts.copied : ''}
      </span>
    </>
  );
}

/** The clipboard is there on secure pages only; elsewhere a selection is copied as by hand. */
async function writeToClipboard(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  const place = document.querySelector('dialog:modal') ?? document.body;
  place.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
