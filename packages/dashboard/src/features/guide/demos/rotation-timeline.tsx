import { type ReactElement, useState } from 'react';
import { useGuideTexts } from '../texts.ts';
import { Choice, Demo } from './demo.tsx';

const TERMS = ['now', 'hour', 'week', 'quiet'] as const;

/** Which of the two tokens works when. */
export function RotationTimeline(): ReactElement {
  const texts = useGuideTexts().rotation;
  const [term, setTerm] = useState<(typeof TERMS)[number]>('week');
  const lane = 'flex h-8 items-center rounded-md px-2 text-sm whitespace-nowrap';
  return (
    <Demo label={texts.label}>
      <Choice
        label={texts.term}
        value={term}
        onChange={setTerm}
        options={TERMS.map((value) => ({ value, label: texts.terms[value] }))}
      />
      <div className="grid grid-cols-[auto_1fr_1fr_1fr] items-center gap-x-1 gap-y-2">
        <span className="pr-2 text-sm">{texts.old}</span>
        <span className={`${lane} bg-success-soft text-success-ink`}>{texts.works}</span>
        {term === 'now' ? (
          <span className={`${lane} col-span-2 bg-danger-soft text-danger-ink`}>{texts.refused}</span>
        ) : (
          <>
            <span className={`${lane} bg-success-soft text-success-ink`}>{texts.works}</span>
            <span className={`${lane} bg-danger-soft text-danger-ink`}>{texts.refused}</span>
          </>
        )}
        <span className="pr-2 text-sm">{texts.successor}</span>
        <span className={`${lane} border border-dashed border-line text-faint`}>–</span>
        <span className={`${lane} col-span-2 bg-success-soft text-success-ink`}>{texts.works}</span>
        <span />
        <span />
        <span className="border-l-2 border-accent-ink pl-1.5 text-xs text-soft">↑ {texts.begins}</span>
        {term === 'now' ? (
          <span />
        ) : (
          <span className="border-l-2 border-accent-ink pl-1.5 text-xs text-soft">↑ {texts.ends[term]}</span>
        )}
      </div>
      <p role="status" className="text-sm text-soft">
        {texts.old}: {texts.refused} {texts.ends[term]}. {term === 'now' ? texts.undo.now : texts.undo.later}
      </p>
    </Demo>
  );
}
