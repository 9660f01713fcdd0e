import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { IconButton } from './icon-button.tsx';
import { useUiTexts } from './texts.ts';

export interface Toast {
  readonly kind?: 'success' | 'problem' | undefined;
  readonly text: ReactNode;
  /** What undoes it or leads to it. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

type ShowToast = (toast: Toast) => void;

const SHOWN_MS = 6_000;
const ToastContext = createContext<ShowToast | undefined>(undefined);

/** Says in a corner that something was done. What went wrong belongs beside its cause, not here. */
export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (show === undefined) throw new TypeError('no ToastProvider above');
  return show;
}

export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [toasts, setToasts] = useState<readonly (Toast & { readonly key: number })[]>([]);
  const nextKey = useRef(0);
  const show = useCallback<ShowToast>((toast) => {
    nextKey.current += 1;
    const key = nextKey.current;
    setToasts((shown) => [...shown.slice(-2), { ...toast, key }]);
  }, []);
  const remove = useCallback(
    (key: number) => setToasts((shown) => shown.filter((toast) => toast.key !== key)),
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2 empty:hidden"
      >
        {toasts.map(({ key, ...toast }) => (
          <ToastCard key={key} {...toast} onDone={() => remove(key)} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({
  kind = 'success',
  text,
  action,
  onDone,
}: Toast & { readonly onDone: () => void }): ReactElement {
  const texts = useUiTexts();
  const [isHeld, setHeld] = useState(false);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => done.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  const Icon = kind === 'success' ? CircleCheck : TriangleAlert;
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-96 items-start gap-2.5 rounded-lg border border-line bg-raised py-2 pr-2 pl-3.5 shadow-float"
    >
      <Icon
        aria-hidden
        className={kind === 'success' ? 'mt-2 size-4 text-success-ink' : 'mt-2 size-4 text-danger-ink'}
      />
      <div className="min-w-0 flex-1 py-1.5">{text}</div>
      {action !== undefined && (
        <button
          type="button"
          className="rounded-md px-2 py-1.5 font-medium text-accent-ink hover:bg-hover"
          onClick={() => {
            action.run();
            onDone();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton label={texts.dismiss} onClick={onDone}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
