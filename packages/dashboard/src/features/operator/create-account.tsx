import type { CreatedAccount } from '@latchkey/wire/native';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { submissionKeys } from '../../api/submission-keys.ts';
import { StepUpDeclined, useStepUp } from '../../session/step-up.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useUiTexts } from '../../ui/texts.ts';
import { accountsQuery, catalogueQuery, createAccount } from './queries.ts';
import { useOperatorTexts } from './texts.ts';

export interface CreateAccountProps {
  readonly operator: string;
  readonly onClose: () => void;
}

/** The form, and then the secret token of the new account, once. */
export function CreateAccount({ operator, onClose }: CreateAccountProps): ReactElement {
  const texts = useOperatorTexts().accounts;
  const ui = useUiTexts();
  const formId = useId();
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [isLimited, setLimited] = useState(false);
  const [allowance, setAllowance] = useState<ReadonlySet<string>>(new Set());
  const [keys] = useState(() => submissionKeys());
  const create = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), ...(isLimited && { allowance: [...allowance] }) };
      return withStepUp(() => createAccount(operator, body, keys.keyFor(body)));
    },
    // The answer holds a secret: it is shown once and kept nowhere.
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountsQuery(operator).queryKey }),
  });
  if (create.data !== undefined) return <Made created={create.data} onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog
      title={texts.create}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
            {texts.create}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.name} hint={texts.nameHint}>
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">{texts.allowance}</legend>
          {[false, true].map((limited) => (
            <label key={String(limited)} className="flex items-center gap-2">
              <input
                type="radio"
                name={`${formId}-allowance`}
                checked={isLimited === limited}
                onChange={() => setLimited(limited)}
              />
              {limited ? texts.someScopes : texts.everyScope}
            </label>
          ))}
        </fieldset>
        {isLimited && <AllowanceList chosen={allowance} onChange={setAllowance} />}
        {!(create.error instanceof StepUpDeclined) && <FailureCallout error={create.error} />}
      </form>
    </Dialog>
  );
}

interface AllowanceListProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function AllowanceList({ chosen, onChange }: AllowanceListProps): ReactElement {
  const texts = useOperatorTexts().accounts;
  const catalogue = useQuery(catalogueQuery);
  return (
    <fieldset className="grid max-h-56 gap-1 overflow-y-auto rounded-md border border-line p-3 sm:grid-cols-2">
      <legend className="sr-only">{texts.search}</legend>
      {catalogue.data?.scopes
        .filter(({ operatorOnly }) => !operatorOnly)
        .map(({ id }) => (
          <label key={id} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.has(id)}
              onChange={(event) => {
                const next = new Set(chosen);
                if (event.target.checked) next.add(id);
                else next.delete(id);
                onChange(next);
              }}
            />
            <code className="text-sm">{id}</code>
          </label>
        ))}
    </fieldset>
  );
}

function Made({
  created,
  onClose,
}: {
  readonly created: CreatedAccount;
  readonly onClose: () => void;
}): ReactElement {
  const texts = useOperatorTexts().accounts;
  const text = created.token.token;
  return (
    <Dialog
      title={texts.madeTitle({ name: created.account.name })}
      description={text === undefined ? texts.madeAgain : texts.madeText}
      isSticky
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {texts.stored}
        </Button>
      }
    >
      {text !== undefined && <CodeBlock label={texts.token} code={text} isWrapped />}
    </Dialog>
  );
}
