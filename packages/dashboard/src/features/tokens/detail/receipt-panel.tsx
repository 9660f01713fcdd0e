import type { NativeToken, TokenReceipt } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, Unplug } from 'lucide-react';
import type { ReactElement } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useLanguage } from '../../../language/language-context.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Time } from '../../../ui/time.tsx';
import { receiptQuery } from './queries.ts';
import { useTokenPageTexts } from './texts.ts';

const SHOWN = 6;

/** Where each verifier stands with the token's last change. */
export function ReceiptPanel({ token }: { readonly token: NativeToken }): ReactElement {
  const { receipt: texts } = useTokenPageTexts();
  const receipt = useQuery(receiptQuery(token.account, token));
  return (
    <Panel title={texts.title}>
      {receipt.isPending ? (
        <SkeletonLines lines={2} />
      ) : receipt.isError ? (
        <FailureState error={receipt.error} onRetry={() => void receipt.refetch()} />
      ) : receipt.data === null ? (
        <p className="text-soft">{texts.unknown}</p>
      ) : (
        <Receipt receipt={receipt.data} />
      )}
    </Panel>
  );
}

function Receipt({ receipt }: { readonly receipt: TokenReceipt }): ReactElement {
  const { receipt: texts } = useTokenPageTexts();
  const verifiers = inOrderOfConcern(receipt.verifiers);
  const shown = verifiers.slice(0, SHOWN);
  const pending = receipt.verifiers.filter(
    ({ state }) => state === 'pending' || state === 'unreachable',
  ).length;
  const verdict =
    receipt.verifiers.length === 0
      ? texts.nobody
      : receipt.complete
        ? texts.complete
        : texts.pending({ count: pending });
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className={receipt.complete ? 'text-soft' : 'font-medium text-warning-ink'}>
        {verdict}
      </p>
      <ul className="flex flex-col gap-2.5">
        {shown.map(({ verifier, index }) => (
          <li key={verifier.id ?? index} className="flex gap-2.5">
            <StateIcon state={verifier.state} />
            <div className="min-w-0">
              <p className="truncate">
                {verifier.name ?? verifier.id ?? texts.verifier({ number: index + 1 })}
              </p>
              <p className="text-sm text-soft">
                <State verifier={verifier} changed={receipt.at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {verifiers.length > SHOWN && (
        <p className="text-sm text-soft">{texts.more({ count: verifiers.length - SHOWN })}</p>
      )}
      <p className="text-xs text-faint">
        {texts.changedAt} <Time at={receipt.at} />
      </p>
    </div>
  );
}

type VerifierState = TokenReceipt['verifiers'][number];

const CONCERN = { pending: 0, unreachable: 1, expired: 2, applied: 3 } as const satisfies Record<
  VerifierState['state'],
  number
>;

/** Those first that may still decide by the state before. Each keeps the number that it has in the answer. */
function inOrderOfConcern(verifiers: readonly VerifierState[]) {
  return verifiers
    .map((verifier, index) => ({ verifier, index }))
    .sort((a, b) => CONCERN[a.verifier.state] - CONCERN[b.verifier.state]);
}

function State({
  verifier,
  changed,
}: {
  readonly verifier: VerifierState;
  readonly changed: string;
}): ReactElement {
  const { receipt: texts } = useTokenPageTexts();
  const { locale } = useLanguage();
  switch (verifier.state) {
    case 'applied': {
      const seconds = Math.max(0, Date.parse(verifier.appliedAt) - Date.parse(changed)) / 1000;
      const format = new Intl.NumberFormat(locale, { maximumFractionDigits: seconds < 10 ? 2 : 0 });
      return (
        <span title={verifier.appliedAt}>
          {texts.applied} · {texts.after({ seconds: format.format(seconds) })}
        </span>
      );
    }
    case 'pending':
      return <>{texts.waiting}</>;
    default:
      return (
        <>
          {texts[verifier.state]} <Time at={verifier.servesUntil} />
        </>
      );
  }
}

function StateIcon({ state }: { readonly state: VerifierState['state'] }): ReactElement {
  const look = 'mt-[3px] size-4 shrink-0';
  if (state === 'applied') return <CircleCheck aria-hidden className={`${look} text-success-ink`} />;
  if (state === 'pending') return <CircleDashed aria-hidden className={`${look} text-warning-ink`} />;
  return <Unplug aria-hidden className={`${look} text-soft`} />;
}
