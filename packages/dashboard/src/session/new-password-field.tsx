import type { ReactElement } from 'react';
import { Field } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useSessionTexts } from './texts.ts';

export interface NewPasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hasSecondFactor?: boolean | undefined;
}

/** Says the rule beforehand. Whether a password keeps to it is the server's to judge, which knows what everybody tries first. */
export function NewPasswordField({
  value,
  onChange,
  hasSecondFactor = false,
}: NewPasswordFieldProps): ReactElement {
  const texts = useSessionTexts();
  return (
    <Field
      label={texts.newPassword}
      hint={hasSecondFactor ? texts.newPasswordHintWithFactor : texts.newPasswordHint}
    >
      {(control) => (
        <PasswordInput
          {...control}
          required
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
