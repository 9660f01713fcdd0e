import type { NativeToken } from '@latchkey/wire/native';
import { useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, type ReactElement, useCallback, useMemo, useRef, useState } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { FurtherRestrictionFields } from '../form/further-restrictions.tsx';
import { presetsFor } from '../form/presets.ts';
import { findOversize, usageOfChoice } from '../form/right-size.ts';
import type { OfferedScope, Service } from '../form/scope-groups.ts';
import { useTokenFormTexts } from '../form/texts.ts';
import { EMPTY_DRAFT, type TokenDraft } from '../form/token-draft.ts';
import { LiveLine } from './live-line.tsx';
import { LostText } from './lost-text.tsx';
import { OversizeHint } from './oversize-hint.tsx';
import { OWN_CHOICE, PurposeCards } from './purpose-cards.tsx';
import { useCreateToken } from './queries.ts';
import { ScopesPart } from './scopes-part.tsx';
import { ShownOnce } from './shown-once.tsx';
import { useTokenCreateTexts } from './texts.ts';
import { UrlsPart } from './urls-part.tsx';

/** Longest name, in UTF-16 code units. */
const NAME_LIMIT = 128;

export interface CreateFormProps {
  readonly services: readonly Service[];
  readonly offered: readonly OfferedScope[];
}

export function CreateForm({ services, offered }: CreateFormProps): ReactElement {
  const texts = useTokenCreateTexts();
  const form = useTokenFormTexts();
  const [draft, setDraft] = useState<TokenDraft>(EMPTY_DRAFT);
  const change = (part: Partial<TokenDraft>) => setDraft((before) => ({ ...before, ...part }));
  const presets = useMemo(() => presetsFor(offered, services), [offered, services]);
  const picked = presets.find(({ id }) => id === draft.preset);
  const usage = usageOfChoice(draft.scopes, offered);
  const oversize = findOversize(draft.scopes, picked, presets, offered);
  const { create, made, forget } = useMaking();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(draft);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
      <Panel title={texts.purpose} description={texts.purposeHint}>
        <PurposeCards
          presets={presets}
          chosen={draft.preset}
          onChoose={(id) => {
            const scopes = presets.find((preset) => preset.id === id)?.scopes;
            change({ preset: id, scopes: scopes === undefined ? draft.scopes : new Set(scopes) });
          }}
        />
      </Panel>
      <Panel>
        <Field label={texts.name} hint={texts.nameHint} aside={texts.optional}>
          {(control) => (
            <Input
              {...control}
              value={draft.note}
              maxLength={NAME_LIMIT}
              placeholder={texts.namePlaceholder}
              autoComplete="off"
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <ScopesPart
        offered={offered}
        services={services}
        chosen={draft.scopes}
        isOpen={draft.preset === OWN_CHOICE}
        onChange={(scopes) => change({ scopes })}
      >
        {oversize !== undefined && (
          <OversizeHint
            oversize={oversize}
            onLeaveOut={(gone) =>
              change({ scopes: new Set([...draft.scopes].filter((scope) => !gone.includes(scope))) })
            }
          />
        )}
      </ScopesPart>
      <UrlsPart usage={usage} draft={draft} onChange={change} />
      <details className="group rounded-lg border border-line bg-panel">
        <summary className="flex items-center gap-2.5 rounded-lg px-4 py-3.5 sm:px-5">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-soft group-open:rotate-90" />
          <span>
            <span className="mr-2 font-semibold">{form.more}</span>
            <span className="text-soft">{form.moreHint}</span>
          </span>
        </summary>
        <div className="border-t border-line px-4 py-5 sm:px-5">
          <FurtherRestrictionFields value={draft} onChange={change} />
        </div>
      </details>
      {create.error instanceof StepUpDeclined ? null : <FailureCallout error={create.error} />}
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2.5 border-t border-line bg-page px-4 py-3 sm:mx-0 sm:rounded-lg sm:border sm:bg-raised sm:px-5">
        <LiveLine usage={usage} hasScopes={draft.scopes.size > 0} />
        <Button kind="primary" type="submit" isBusy={create.isPending} className="max-sm:w-full">
          {texts.create}
        </Button>
      </div>
      {made !== undefined && hasText(made) && <ShownOnce token={made} onDone={forget} />}
      {made !== undefined && !hasText(made) && <LostText id={made.id} onClose={forget} />}
    </form>
  );
}

/** The call, and the token that came of it for as long as it is shown: its text is in this state alone. */
function useMaking() {
  const { name: account } = useAccount();
  const navigate = useNavigate();
  const [made, setMade] = useState<NativeToken | undefined>(undefined);
  const create = useCreateToken(setMade);
  const id = useRef<string | undefined>(undefined);
  id.current = made?.id;
  const forget = useCallback(() => {
    const madeId = id.current;
    setMade(undefined);
    void navigate({
      to: '/a/$account/tokens',
      params: { account },
      // Going back leads to where the reader was before the form, not to a form that was sent.
      replace: true,
      state: { madeToken: madeId },
    });
  }, [navigate, account]);
  return { create, made, forget };
}

function hasText(token: NativeToken): token is NativeToken & { readonly token: string } {
  return token.token !== undefined;
}
