import type { ReactElement, ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useUiTexts } from './texts.ts';

export interface ConfirmDialogProps {
  /** A question that names what it is about. */
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The verb: "Revoke token", never "OK". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean | undefined;
  readonly isBusy?: boolean | undefined;
  /** Why it could not be done. */
  readonly error?: ReactNode;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  isDangerous = false,
  isBusy = false,
  error,
  onConfirm,
  onClose,
}: ConfirmDialogProps): ReactElement {
  const texts = useUiTexts();
  return (
    <Dialog
      title={title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind={isDangerous ? 'danger' : 'primary'} isBusy={isBusy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-soft">{children}</div>
      {error !== undefined && <div className="mt-3">{error}</div>}
    </Dialog>
  );
}
