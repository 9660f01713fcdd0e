import type { NativeToken } from '@latchkey/wire/native';
import type { FormEvent, ReactElement } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import type { ExplainDetails } from './explain-body.ts';
import { useExplainTexts } from './texts.ts';

export interface ExplainInput extends ExplainDetails {
  readonly pasted: string;
}

export interface ExplainFormProps {
  readonly input: ExplainInput;
  readonly onChange: (input: ExplainInput) => void;
  readonly tokens: readonly NativeToken[];
  /** What is wrong with what was pasted. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
}

export function ExplainForm({
  input,
  onChange,
  tokens,
  problem,
  isBusy,
  onSubmit,
}: ExplainFormProps): ReactElement {
  const texts = useExplainTexts();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const isElsewhere = input.token !== '' && tokens.every(({ id }) => id !== input.token);
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={texts.label} error={problem} hint={texts.secretHint}>
        {(control) => (
          <TextArea
            {...control}
            rows={4}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            placeholder={texts.placeholder}
            value={input.pasted}
            onChange={(event) => onChange({ ...input, pasted: event.target.value })}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-3">
        <Field label={texts.token} hint={texts.tokenHint}>
          {(control) => (
            <Select
              {...control}
              value={input.token}
              onChange={(event) => onChange({ ...input, token: event.target.value })}
            >
              <option value="">{texts.tokenInRequest}</option>
              {isElsewhere && <option value={input.token}>{input.token}</option>}
              {tokens.map((token) => (
                <option key={token.id} value={token.id}>
                  {token.note ?? token.id}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={texts.page} hint={texts.pageHint}>
          {(control) => (
            <Input
              {...control}
              autoCapitalize="off"
              spellCheck={false}
              placeholder="https://shop.example"
              value={input.page}
              onChange={(event) => onChange({ ...input, page: event.target.value })}
            />
          )}
        </Field>
        <Field label={texts.address}>
          {(control) => (
            <Input
              {...control}
              autoCapitalize="off"
              spellCheck={false}
              placeholder="203.0.113.7"
              value={input.address}
              onChange={(event) => onChange({ ...input, address: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Button kind="primary" type="submit" isBusy={isBusy} className="self-start">
        {texts.submit}
      </Button>
    </form>
  );
}
