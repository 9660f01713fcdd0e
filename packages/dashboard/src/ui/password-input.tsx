import { type ComponentProps, type ReactElement, useState } from 'react';
import { Input } from './input.tsx';
import { useUiTexts } from './texts.ts';

/** A password that can be looked at, because what nobody sees gets mistyped. */
export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type'>): ReactElement {
  const texts = useUiTexts();
  const [isShown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input
        {...props}
        type={isShown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="off"
        className="pr-16"
      />
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm px-2 py-0.5 text-sm text-soft hover:text-ink"
      >
        {isShown ? texts.hidePassword : texts.showPassword}
      </button>
    </span>
  );
}
