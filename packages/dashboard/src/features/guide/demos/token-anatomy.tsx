import { type ReactElement, useState } from 'react';
import { useGuideTexts } from '../texts.ts';
import { Choice, Demo } from './demo.tsx';

const USAGES = ['pk', 'sk', 'tk'] as const;
const ID = 'cmexample0000000000000001';
const LASTING = { u: 'acme', a: ID };
const TEMPORARY = {
  u: 'acme',
  exp: 1796043600,
  iat: 1796040000,
  scopes: ['styles:read'],
  client: 'api',
  a: ID,
};

/** The text of a token taken apart. Its last part is made of dots, so that no scanner takes it for a real one. */
export function TokenAnatomy(): ReactElement {
  const texts = useGuideTexts();
  const [usage, setUsage] = useState<(typeof USAGES)[number]>('pk');
  const payload = JSON.stringify(usage === 'tk' ? TEMPORARY : LASTING);
  const encoded = btoa(payload).replaceAll('=', '');
  return (
    <Demo label={texts.anatomy.label}>
      <Choice
        label={texts.anatomy.choose}
        value={usage}
        onChange={setUsage}
        options={USAGES.map((value) => ({ value, label: `${texts.kinds[value]} (${value})` }))}
      />
      <p className="font-mono text-sm break-all">
        <span className="rounded-sm bg-accent-soft px-1 py-0.5 text-accent-ink">{usage}</span>.
        <span className="rounded-sm bg-warning-soft px-1 py-0.5 text-warning-ink">{encoded}</span>.
        <span className="rounded-sm bg-success-soft px-1 py-0.5 text-success-ink">{'•'.repeat(22)}</span>
      </p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <li className="text-accent-ink">■ {texts.anatomy.kind}</li>
        <li className="text-warning-ink">■ {texts.anatomy.payload}</li>
        <li className="text-success-ink">■ {texts.anatomy.signature}</li>
      </ul>
      <p className="text-sm text-soft">
        {texts.anatomy.says} <code className="break-all text-ink">{payload}</code>
      </p>
    </Demo>
  );
}
