import type { NativeToken } from '@latchkey/wire/native';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useMemo, useState } from 'react';
import { useAccount } from '../../../session/use-session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Field } from '../../../ui/field.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Input } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { FurtherRestrictionFields } from '../form/further-restrictions.tsx';
import { useUrlCheck } from '../form/queries.ts';
import type { OfferedScope, Service } from '../form/scope-groups.ts';
import { ScopePicker } from '../form/scope-picker.tsx';
import { useTokenFormTexts } from '../form/texts.ts';
import type { TokenDraft } from '../form/token-draft.ts';
import { UrlEditor } from '../form/url-editor.tsx';
import { draftOf, grantOfDraft, withAddition } from './edit-draft.ts';
import type { EditSearch } from './edit-search.ts';
import { editableGrant, grantChanges } from './grant-changes.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { scopesFor } from './scopes-for.ts';
import { useTokenEditTexts } from './texts.ts';

/** Longest name, in UTF-16 code units. */
const NAME_LIMIT = 128;

export interface EditFormProps {
  readonly token: NativeToken;
  /** What is filled in already. */
  readonly addition: EditSearch;
  readonly catalogue: readonly OfferedScope[];
  readonly services: readonly Service[];
}

export function EditForm({ token, addition, catalogue, services }: EditFormProps): ReactElement {
  const texts = useTokenEditTexts();
  const form = useTokenFormTexts();
  const account = useAccount();
  const navigate = useNavigate();
  const toast = useToast();
  const [draft, setDraft] = useState<TokenDraft>(() => withAddition(draftOf(token), addition));
  const [isReviewing, setReviewing] = useState(false);
  const change = (part: Partial<TokenDraft>) => setDraft((before) => ({ ...before, ...part }));
  const changes = useMemo(() => grantChanges(editableGrant(token), grantOfDraft(draft)), [token, draft]);
  const offered = useMemo(() => scopesFor(token, account, catalogue), [token, account, catalogue]);
  const isFilledIn = Object.keys(addition).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changes.length > 0) setReviewing(true);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {isFilledIn && <Callout>{texts.filledIn}</Callout>}
      <Panel>
        <Field label={texts.name} hint={texts.nameHint}>
          {(control) => (
            <Input
              {...control}
              value={draft.note}
              maxLength={NAME_LIMIT}
              autoComplete="off"
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <Panel
        title={texts.scopes}
        description={token.usage === 'pk' ? texts.scopesHintPublic : texts.scopesHintSecret}
      >
        {offered.length === 0 ? (
          <p className="text-soft">{texts.noScopesLater}</p>
        ) : (
          <ScopePicker
            offered={offered}
            services={services}
            chosen={draft.scopes}
            onChange={(scopes) => change({ scopes })}
          />
        )}
      </Panel>
      <Panel
        title={texts.urls}
        description={
          <>
            {texts.urlsHint} <GuideLink chapter="url-restrictions" />
          </>
        }
      >
        <Urls token={token} draft={draft} onChange={change} />
      </Panel>
      <Panel title={form.more} description={form.moreHint}>
        <FurtherRestrictionFields value={draft} onChange={change} />
      </Panel>
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2.5 border-t border-line bg-page px-4 py-3 sm:mx-0 sm:rounded-lg sm:border sm:bg-raised sm:px-5">
        <p role="status" className="flex flex-1 items-center gap-2 text-soft">
          <span>
            {changes.length === 0 ? texts.nothingChanged : texts.changes({ count: changes.length })}
          </span>
          {changes.some(({ wider }) => wider) && <Badge tone="warning">{texts.wider}</Badge>}
          {changes.some(({ narrower }) => narrower) && <Badge>{texts.narrower}</Badge>}
        </p>
        <Link
          to="/a/$account/tokens/$token"
          params={{ account: account.name, token: token.id }}
          className={buttonClasses({})}
        >
          {texts.cancel}
        </Link>
        <Button kind="primary" type="submit" disabled={changes.length === 0}>
          {texts.review}
        </Button>
      </div>
      {isReviewing && (
        <ReviewDialog
          token={token}
          draft={draft}
          changes={changes}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            toast({ text: texts.saved });
            void navigate({
              to: '/a/$account/tokens/$token',
              params: { account: account.name, token: token.id },
              replace: true,
            });
          }}
        />
      )}
    </form>
  );
}

function Urls({
  token,
  draft,
  onChange,
}: {
  readonly token: NativeToken;
  readonly draft: TokenDraft;
  readonly onChange: (change: Partial<TokenDraft>) => void;
}): ReactElement {
  const texts = useTokenEditTexts();
  const check = useUrlCheck(draft.urls.map(({ entry }) => entry));
  return (
    <UrlEditor
      entries={draft.urls}
      onChange={(urls) => onChange({ urls })}
      strictPaths={draft.strictPaths}
      onStrictPathsChange={(strictPaths) => onChange({ strictPaths })}
      check={check}
      whenEmpty={
        token.usage === 'pk' ? (
          <Callout kind="warning">{texts.anywhere}</Callout>
        ) : (
          <Callout>{texts.anywhereSecret}</Callout>
        )
      }
    />
  );
}
