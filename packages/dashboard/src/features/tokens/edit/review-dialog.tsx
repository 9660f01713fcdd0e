import type { NativeToken } from '@latchkey/wire/native';
import { Minus, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Time } from '../../../ui/time.tsx';
import { useUpdateToken } from '../detail/queries.ts';
import type { TokenDraft } from '../form/token-draft.ts';
import { updateBody } from './edit-draft.ts';
import type { GrantChange } from './grant-changes.ts';
import { useTokenEditTexts } from './texts.ts';

export interface ReviewDialogProps {
  readonly token: NativeToken;
  readonly draft: TokenDraft;
  /** At least one. */
  readonly changes: readonly GrantChange[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** What saving changes, before it is saved. */
export function ReviewDialog({ token, draft, changes, onClose, onSaved }: ReviewDialogProps): ReactElement {
  const texts = useTokenEditTexts();
  const update = useUpdateToken(token.account, token.id);
  return (
    <Dialog
      title={texts.dialogTitle}
      description={texts.dialogText}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.back}</Button>
          <Button
            kind="primary"
            isBusy={update.isPending}
            onClick={() => update.mutate(updateBody(token, draft), { onSuccess: onSaved })}
          >
            {texts.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ul className="divide-y divide-line rounded-md border border-line">
          {changes.map((change) => (
            <li key={change.field} className="px-4 py-3">
              <Change change={change} />
            </li>
          ))}
        </ul>
        {changes.some(({ wider }) => wider) && <p className="text-soft">{texts.widerText}</p>}
        {changes.some(({ narrower }) => narrower) && <p className="text-soft">{texts.stopsUsers}</p>}
        {!(update.error instanceof StepUpDeclined) && <FailureCallout error={update.error} />}
      </div>
    </Dialog>
  );
}

function Change({ change }: { readonly change: GrantChange }): ReactElement {
  const texts = useTokenEditTexts();
  const { field, added, removed, wider, narrower, limit } = change;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {texts.field[field]}
        {wider && <Badge tone="warning">{texts.wider}</Badge>}
        {narrower && <Badge>{texts.narrower}</Badge>}
      </p>
      {limit !== undefined && field !== 'expires' && (
        <p className="text-sm text-soft">
          {limit === 'lifted' ? texts.lifted : field === 'strictPaths' ? '' : texts.set}
        </p>
      )}
      <ul className="mt-1.5 flex flex-col gap-1">
        {removed.map((entry) => (
          <Entry key={`- ${entry}`} field={field} entry={entry} sign="removed" />
        ))}
        {field === 'expires' && removed.length === 0 && (
          <Entry field="note" entry={texts.neverExpires} sign="removed" />
        )}
        {added.map((entry) => (
          <Entry key={`+ ${entry}`} field={field} entry={entry} sign="added" />
        ))}
        {field === 'expires' && added.length === 0 && (
          <Entry field="note" entry={texts.neverExpires} sign="added" />
        )}
      </ul>
    </>
  );
}

function Entry({
  field,
  entry,
  sign,
}: {
  readonly field: GrantChange['field'];
  readonly entry: string;
  readonly sign: 'added' | 'removed';
}): ReactElement {
  const texts = useTokenEditTexts();
  const Icon = sign === 'added' ? Plus : Minus;
  const look = sign === 'added' ? 'bg-success-soft text-success-ink' : 'bg-danger-soft text-danger-ink';
  return (
    <li className={`flex items-start gap-2 rounded-sm px-2 py-1 ${look}`}>
      <Icon aria-hidden className="mt-[3px] size-4 shrink-0" />
      <span className="sr-only">{texts[sign]}: </span>
      <span
        className={
          field === 'note' || field === 'expires' ? '' : 'font-mono text-sm [overflow-wrap:anywhere]'
        }
      >
        {field === 'expires' ? <Time at={entry} /> : entry}
      </span>
    </li>
  );
}
