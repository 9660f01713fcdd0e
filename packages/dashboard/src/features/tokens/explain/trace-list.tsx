import type { Explanation } from '@latchkey/wire/native';
import { CircleCheck, CircleX, Minus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { useDecisionTexts } from '../decision-texts.ts';
import { useExplainTexts } from './texts.ts';

type Step = Explanation['trace'][number];

/** Every check in the order of the decision; the first that failed is marked, because it decides. */
export function TraceList({ trace }: { readonly trace: readonly Step[] }): ReactElement {
  const texts = useExplainTexts();
  const first = trace.find(({ outcome }) => outcome === 'failed');
  return (
    <ol className="flex flex-col">
      {trace.map((step) => (
        <li
          key={step.check}
          className={
            step === first
              ? 'flex gap-3 rounded-md border border-danger-ink/25 bg-danger-soft px-3 py-2.5'
              : 'flex gap-3 px-3 py-1.5'
          }
        >
          <Mark outcome={step.outcome} />
          <div className="min-w-0 flex-1">
            <p className={step.outcome === 'skipped' ? 'text-faint' : ''}>
              <CheckName check={step.check} />{' '}
              <span className="sr-only">({texts.outcome[step.outcome]})</span>
              {step === first && <Badge tone="danger">{texts.firstFailure}</Badge>}
            </p>
            {step.outcome === 'failed' && <Seen step={step} />}
            {step.outcome === 'passed' && step.saw !== '' && (
              <p className="text-sm text-soft [overflow-wrap:anywhere]">{step.saw}</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Seen({ step }: { readonly step: Step }): ReactElement {
  const texts = useExplainTexts();
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm [overflow-wrap:anywhere]">
      <dt className="text-soft">{texts.saw}</dt>
      <dd>{step.saw}</dd>
      <dt className="text-soft">{texts.wants}</dt>
      <dd>{step.wants}</dd>
    </dl>
  );
}

function CheckName({ check }: { readonly check: string }): string {
  const { checks } = useDecisionTexts();
  const names: Readonly<Record<string, string>> = checks;
  return Object.hasOwn(names, check) ? (names[check] ?? check) : check;
}

function Mark({ outcome }: { readonly outcome: Step['outcome'] }): ReactElement {
  const look = 'mt-[3px] size-4 shrink-0';
  if (outcome === 'passed') return <CircleCheck aria-hidden className={`${look} text-success-ink`} />;
  if (outcome === 'failed') return <CircleX aria-hidden className={`${look} text-danger-ink`} />;
  return <Minus aria-hidden className={`${look} text-faint`} />;
}
