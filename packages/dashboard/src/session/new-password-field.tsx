import { type ReactElement, useState } from 'react';
import { Field } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useSessionTexts } from './texts.ts';

export interface NewPasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hasSecondFactor?: boolean | undefined;
  /** What the server said of the last one. */
  readonly error?: string | undefined;
}

const LEAST = 15;
const LEAST_WITH_SECOND_FACTOR = 8;

/** Says the rule before, and that it is too short only once the reader has left the field; all else is the server's to judge. */
export function NewPasswordField({
  value,
  onChange,
  hasSecondFactor = false,
  error,
}: NewPasswordFieldProps): ReactElement {
  const texts = useSessionTexts();
  const [wasLeft, setLeft] = useState(false);
  const least = hasSecondFactor ? LEAST_WITH_SECOND_FACTOR : LEAST;
  const length = [...value].length;
  const tooShort =
    wasLeft && length > 0 && length < least ? texts.passwordTooShort({ least, length }) : undefined;
  return (
    <Field
      label={texts.newPassword}
      hint={hasSecondFactor ? texts.newPasswordHintWithFactor : texts.newPasswordHint}
      error={error ?? tooShort}
    >
      {(control) => (
        <PasswordInput
          {...control}
          required
          autoComplete="new-password"
          value={value}
          onBlur={() => setLeft(true)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
