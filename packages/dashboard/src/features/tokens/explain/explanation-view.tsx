import type { DescribedRequest } from '@latchkey/wire/curl';
import type { Explanation } from '@latchkey/wire/native';
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactElement } from 'react';
import { Callout } from '../../../ui/callout.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Time } from '../../../ui/time.tsx';
import { reasonText, useDecisionTexts } from '../decision-texts.ts';
import { FixAction } from './fix-action.tsx';
import type { Explained } from './queries.ts';
import { useExplainTexts } from './texts.ts';
import { TraceList } from './trace-list.tsx';

export interface ExplanationViewProps {
  readonly account: string;
  readonly explained: Explained;
  /** Undefined: only its id was given. */
  readonly request: DescribedRequest | undefined;
  readonly address: string | undefined;
  readonly mayWrite: boolean;
}

/** The verdict, why, the smallest fix, and every check. */
export function ExplanationView(props: ExplanationViewProps): ReactElement {
  const { explained } = props;
  const { explanation } = explained;
  const texts = useExplainTexts();
  return (
    <>
      <Panel>
        <div className="flex flex-col gap-4">
          <Verdict explanation={explanation} />
          <Route explanation={explanation} />
          {!explanation.allowed && <Help {...props} />}
          {explanation.exposedInUrl && <Callout kind="warning">{texts.exposed}</Callout>}
        </div>
      </Panel>
      {explanation.trace.length > 0 && (
        <Panel title={texts.trace}>
          <TraceList trace={explanation.trace} />
        </Panel>
      )}
    </>
  );
}

function Verdict({ explanation }: { readonly explanation: Explanation }): ReactElement {
  const texts = useExplainTexts();
  const { allowed, refusal, status, reason } = explanation;
  const Icon = allowed ? CircleCheck : CircleX;
  return (
    <div role="status" className="flex gap-3">
      <Icon
        aria-hidden
        className={`mt-0.5 size-6 shrink-0 ${allowed ? 'text-success-ink' : 'text-danger-ink'}`}
      />
      <div className="min-w-0">
        <h2 className="text-lg font-semibold">
          {allowed ? texts.allowed : refusal === undefined ? texts.refused : texts.wasRefused}
        </h2>
        {!allowed && (
          <p className="text-soft">
            {texts.answers({ status, message: explanation.message ?? '' })}
            {reason !== null && <span className="font-mono text-sm"> · {reason}</span>}
          </p>
        )}
        {refusal !== undefined && (
          <p className="text-soft">
            <Time at={refusal.at} /> · {refusal.method} · {refusal.service}
            {refusal.origin !== '' && ` · ${refusal.origin}`}
          </p>
        )}
      </div>
    </div>
  );
}

function Route({
  explanation: { route, requires, refusal },
}: {
  readonly explanation: Explanation;
}): ReactElement | null {
  const texts = useExplainTexts();
  const needs = requires.length === 0 ? texts.anyToken : requires.join(', ');
  if (route === null && requires.length === 0) {
    return refusal === undefined ? <p className="text-sm text-soft">{texts.noRoute}</p> : null;
  }
  return (
    <p className="text-sm">
      {route !== null && (
        <span className="font-mono">
          {texts.route({ method: route.methods.join('|'), path: route.path, service: route.service })}{' '}
        </span>
      )}
      <span className="text-soft">
        {texts.needs} <span className="font-mono">{needs}</span>
      </span>
    </p>
  );
}

function Help({ account, explained, request, address, mayWrite }: ExplanationViewProps): ReactElement {
  const { explanation, token } = explained;
  const texts = useExplainTexts();
  const decision = useDecisionTexts();
  const lacking = explanation.requires.filter((scope) => !(token?.scopes ?? []).includes(scope));
  const text = reasonText(
    decision,
    explanation.reason ?? '',
    lacking.length > 0 ? lacking : explanation.requires,
  );
  const isInTrace = explanation.trace.some(({ saw }) => saw === explanation.detail);
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-sunken px-4 py-3.5">
      <Line name={texts.why}>{text?.sentence ?? explanation.message}</Line>
      {explanation.detail !== null && !isInTrace && <Line name={texts.seen}>{explanation.detail}</Line>}
      <Line name={texts.fix}>{text?.fix ?? explanation.fix}</Line>
      {mayWrite && (
        <FixAction
          account={account}
          explanation={explanation}
          token={token}
          request={request}
          address={address}
        />
      )}
    </div>
  );
}

function Line({
  name,
  children,
}: {
  readonly name: string;
  readonly children: React.ReactNode;
}): ReactElement {
  return (
    <div>
      <p className="text-sm text-soft">{name}</p>
      <p className="[overflow-wrap:anywhere]">{children}</p>
    </div>
  );
}
