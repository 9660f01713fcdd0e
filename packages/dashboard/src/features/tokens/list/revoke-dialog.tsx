import type { Revocations } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { FailureCallout, FailureState } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { useUiTexts } from '../../../ui/texts.ts';
import { Time } from '../../../ui/time.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useRevocationPreview, useRevoke } from './queries.ts';
import type { RevocationChoice } from './revocation.ts';
import { UsageBadge } from './row-parts.tsx';
import { useTokenListTexts } from './texts.ts';

export interface RevokeDialogProps {
  readonly choice: RevocationChoice;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Shows what revoking many tokens stops, and does it. */
export function RevokeDialog({ choice, onClose, onRevoked }: RevokeDialogProps): ReactElement {
  const texts = useTokenListTexts();
  const ui = useUiTexts();
  const toast = useToast();
  const preview = useRevocationPreview(choice);
  const revoke = useRevoke(choice, (count) => {
    toast({ text: texts.revoked({ count }) });
    onRevoked();
  });
  const found = preview.data;
  const count = found?.count ?? 0;
  return (
    <Dialog
      title={found === undefined ? texts.revokeTitleUnknown : texts.revokeTitle({ count })}
      description={texts.revokeText({ count })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button
            kind="danger"
            disabled={count === 0}
            isBusy={revoke.isPending}
            onClick={() => revoke.mutate(count)}
          >
            {texts.revokeNow({ count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {preview.isPending && (
          <>
            <p className="text-soft">{texts.looking}</p>
            <SkeletonLines lines={3} />
          </>
        )}
        {preview.isError && <FailureState error={preview.error} onRetry={() => void preview.refetch()} />}
        {found !== undefined && <Preview found={found} />}
        {revoke.error instanceof StepUpDeclined ? null : <FailureCallout error={revoke.error} />}
        {revoke.isError && !(revoke.error instanceof StepUpDeclined) && (
          <Button
            size="small"
            className="self-start"
            onClick={() => {
              revoke.reset();
              void preview.refetch();
            }}
          >
            {texts.lookAgain}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** So many tokens are named one by one. */
const NAMED = 50;

function Preview({ found }: { readonly found: Revocations }): ReactElement {
  const texts = useTokenListTexts();
  if (found.count === 0) return <p className="text-soft">{texts.nothingToRevoke}</p>;
  return (
    <>
      {found.inUse > 0 ? (
        <Callout kind="danger" title={texts.inUse({ count: found.inUse })}>
          <p>{texts.inUseText}</p>
        </Callout>
      ) : (
        <Callout kind="success">{texts.notInUse}</Callout>
      )}
      {found.more && <p className="text-warning-ink">{texts.onlyFirst({ limit: found.count })}</p>}
      {found.temporary > 0 && <p className="text-soft">{texts.temporaryToo({ count: found.temporary })}</p>}
      {found.tokens.some((token) => token.default) && <p className="text-soft">{texts.defaultToo}</p>}
      {found.users.length > 0 && (
        <section aria-label={texts.users}>
          <h3 className="mb-1.5 text-sm font-semibold">{texts.users}</h3>
          <ul className="max-h-40 overflow-y-auto rounded-md border border-line">
            {found.users.map(({ origin, client, service, tokens, lastUsed }) => (
              <li
                key={`${origin} ${client} ${service}`}
                className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-3 py-1.5 last:border-b-0"
              >
                <span className="min-w-0 truncate font-medium">{origin === '' ? client : origin}</span>
                <span className="text-sm text-soft">{texts.userOf({ service, count: tokens })}</span>
                <span className="ml-auto text-sm text-soft">
                  <Time at={lastUsed} as="ago" />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={texts.title}>
        <h3 className="mb-1.5 text-sm font-semibold">{texts.title}</h3>
        <ul className="max-h-56 overflow-y-auto rounded-md border border-line">
          {found.tokens.slice(0, NAMED).map((token) => (
            <li
              key={token.id}
              className="flex items-center gap-2 border-b border-line px-3 py-1.5 last:border-b-0"
            >
              <UsageBadge usage={token.usage} />
              <span className="min-w-0 flex-1 truncate">{token.note ?? token.id}</span>
              {token.default && <Badge>{texts.isDefault}</Badge>}
              <span className="text-sm text-soft">
                {token.lastUsed === undefined ? texts.never : <Time at={token.lastUsed.at} as="ago" />}
              </span>
            </li>
          ))}
          {found.count > NAMED && (
            <li className="px-3 py-1.5 text-sm text-soft">{texts.andMore({ count: found.count - NAMED })}</li>
          )}
        </ul>
      </section>
    </>
  );
}
