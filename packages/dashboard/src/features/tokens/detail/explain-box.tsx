import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { handOver } from '../explain/handed-over.ts';
import { useTokenPageTexts } from './texts.ts';

/** Takes what is to be explained along to the page that explains. */
export function ExplainBox({
  account,
  token,
}: {
  readonly account: string;
  readonly token: string;
}): ReactElement {
  const { explain: texts } = useTokenPageTexts();
  const [pasted, setPasted] = useState('');
  const navigate = useNavigate();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may hold a token, so that it stands in no address.
    handOver(pasted);
    void navigate({ to: '/a/$account/explain', params: { account }, search: { token } });
  };
  return (
    <Panel title={texts.title}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label={texts.label} hint={texts.hint}>
          {(control) => (
            <TextArea
              {...control}
              required
              spellCheck={false}
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
              className="font-mono text-sm"
            />
          )}
        </Field>
        <Button type="submit" className="self-start">
          {texts.submit}
        </Button>
      </form>
    </Panel>
  );
}
