import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { LANGUAGES } from '../../language/language-choice.ts';
import { useLanguage } from '../../language/language-context.tsx';
import { NAME_OF_LANGUAGE } from '../../language/name-of-language.ts';
import { useChangeLanguage } from '../../session/use-change-language.ts';
import { useSession } from '../../session/use-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { TEXT_LINK } from '../../ui/text-link.ts';
import { useToast } from '../../ui/toast.tsx';
import { useSendVerification, useUpdatePerson } from './queries.ts';
import { useMeTexts } from './texts.ts';

export function ProfilePanel(): ReactElement {
  const texts = useMeTexts();
  const { person } = useSession();
  const { language } = useLanguage();
  const changeLanguage = useChangeLanguage();
  const [name, setName] = useState(person.name);
  const update = useUpdatePerson();
  const verification = useSendVerification();
  const toast = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim() }, { onSuccess: () => toast({ text: texts.saved }) });
  };
  return (
    <Panel title={texts.profile}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.name} hint={texts.nameHint}>
          {(control) => (
            <span className="flex gap-2">
              <Input
                {...control}
                required
                maxLength={100}
                autoComplete="name"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <Button
                type="submit"
                disabled={name.trim() === person.name || name.trim() === ''}
                isBusy={update.isPending}
              >
                {texts.save}
              </Button>
            </span>
          )}
        </Field>
        <FailureCallout error={update.error} />
        <div className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">{texts.email}</span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 [overflow-wrap:anywhere]">
            {person.email}
            <Badge tone={person.emailVerified ? 'success' : 'warning'}>
              {person.emailVerified ? texts.verified : texts.notVerified}
            </Badge>
            {!person.emailVerified && (
              <button
                type="button"
                disabled={verification.isPending || verification.isSuccess}
                onClick={() =>
                  verification.mutate(undefined, {
                    onSuccess: () => toast({ text: texts.verificationSent }),
                  })
                }
                className={`${TEXT_LINK} text-sm disabled:opacity-55`}
              >
                {texts.sendVerification}
              </button>
            )}
          </span>
          <FailureCallout error={verification.error} />
        </div>
        <Field label={texts.language} hint={texts.languageHint}>
          {(control) => (
            <Select
              {...control}
              className="max-w-60"
              value={language}
              onChange={(event) => {
                const chosen = LANGUAGES.find((each) => each === event.target.value);
                if (chosen !== undefined) changeLanguage(chosen);
              }}
            >
              {LANGUAGES.map((each) => (
                <option key={each} value={each} lang={each}>
                  {NAME_OF_LANGUAGE[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </Panel>
  );
}
