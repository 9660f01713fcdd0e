import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, useEffect, useId, useState } from 'react';
import { classes } from './classes.ts';
import { IconButton } from './icon-button.tsx';
import { PortalPlaceProvider } from './portal-place.tsx';
import { useUiTexts } from './texts.ts';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that goes on last. */
  readonly footer?: ReactNode;
  /** Esc, the cross and a click beside it. */
  readonly onClose: () => void;
  /** What is in it would be lost for good: only its own buttons close it. */
  readonly isSticky?: boolean | undefined;
  readonly size?: 'small' | 'normal' | 'large' | undefined;
}

const FIRST_FIELD = 'input:not([hidden], [readonly], [type="checkbox"], [type="radio"]), textarea, select';

const WIDTHS = { small: 'max-w-[26rem]', normal: 'max-w-[34rem]', large: 'max-w-[48rem]' } as const;

/**
 * A dialog that is open while it is mounted: `{isOpen && <Dialog …/>}`. It is the browser's own, so focus stays in it, what is behind
 * cannot be reached, and the focus goes back to where it was.
 */
export function Dialog({
  title,
  description,
  children,
  footer,
  onClose,
  isSticky = false,
  size = 'normal',
}: DialogProps): ReactElement {
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const id = useId();
  const texts = useUiTexts();
  useEffect(() => {
    if (element === null) return undefined;
    if (element.open) return undefined;
    element.showModal();
    // The browser would begin at the cross; whoever is asked something begins at the answer.
    element.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    return () => element.close();
  }, [element]);

  return (
    // Esc reaches a dialog as the event cancel, so that no key is listened for here.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click on the backdrop is for the pointer alone
    <dialog
      ref={setElement}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-description`}
      onCancel={(event) => {
        event.preventDefault();
        if (!isSticky) onClose();
      }}
      onClick={(event) => {
        if (!isSticky && event.target === event.currentTarget) onClose();
      }}
      className={classes(
        'm-auto w-[calc(100%-2rem)] overflow-visible rounded-lg border border-line bg-raised p-0 text-ink shadow-float backdrop:bg-[rgb(10_12_16/55%)]',
        WIDTHS[size],
      )}
    >
      <PortalPlaceProvider value={element}>
        <div className="flex max-h-[calc(100dvh-2rem)] flex-col">
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <h2 id={`${id}-title`} className="text-lg font-semibold">
                {title}
              </h2>
              {description !== undefined && (
                <div id={`${id}-description`} className="mt-1 text-soft">
                  {description}
                </div>
              )}
            </div>
            {!isSticky && (
              <IconButton label={texts.close} onClick={onClose} className="-mr-2">
                <X aria-hidden className="size-4" />
              </IconButton>
            )}
          </header>
          {children !== undefined && <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </div>
      </PortalPlaceProvider>
    </dialog>
  );
}
