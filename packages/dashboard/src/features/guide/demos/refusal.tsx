import {
  checkRequest,
  type Decision,
  parseScope,
  parseUrlEntry,
  refusalBody,
  refusalOf,
  type TokenSource,
} from '@latchkey/core';
import { type ReactElement, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { useGuideTexts } from '../texts.ts';
import { Choice, Demo } from './demo.tsx';
import { sampleRequest, sampleToken } from './sample-request.ts';

const CASES = [
  'no_token',
  'mistyped',
  'insufficient_scope',
  'url_not_allowed',
  'evidence_missing',
  'allowed',
] as const;
type Case = (typeof CASES)[number];

const PAGE = 'https://shop.example';
const TEXT = 'pk.sample';
const BEARER = `Bearer ${TEXT}`;
const REQUESTS = {
  no_token: { origin: PAGE, authorization: undefined },
  mistyped: { origin: PAGE, authorization: 'Bearer pk.simple' },
  insufficient_scope: { origin: PAGE, authorization: BEARER },
  url_not_allowed: { origin: 'https://copycat.example', authorization: BEARER },
  evidence_missing: { origin: undefined, authorization: BEARER },
  allowed: { origin: PAGE, authorization: BEARER },
} as const satisfies Record<Case, unknown>;

/** What an API behind Latchkey answers, made by the code that makes real answers. */
export function Refusal(): ReactElement {
  const texts = useGuideTexts().refusal;
  const [chosen, setChosen] = useState<Case>('url_not_allowed');
  const decision = judge(chosen);
  const refusal = decision.allow ? undefined : refusalOf(decision);
  return (
    <Demo label={texts.label}>
      <Choice
        label={texts.request}
        value={chosen}
        onChange={setChosen}
        options={CASES.map((value) => ({ value, label: texts.cases[value] }))}
      />
      <div role="status" className="flex flex-col gap-2">
        {refusal === undefined ? (
          <p className="flex items-center gap-2">
            <Badge tone="success">200</Badge>
            {texts.allowed}
          </p>
        ) : (
          <CodeBlock
            label={`${texts.answer} ${refusal.status}`}
            code={JSON.stringify(refusalBody(refusal, '01JD8Z3K'), null, 2)}
            isWrapped
          />
        )}
      </div>
    </Demo>
  );
}

function judge(chosen: Case): Decision {
  const held = parseScope('styles:read');
  const wanted = parseScope(chosen === 'insufficient_scope' ? 'uploads:read' : 'styles:read');
  const entry = parseUrlEntry(PAGE, { appSchemes: [] });
  if (held === undefined || wanted === undefined || !entry.ok)
    throw new TypeError('the sample does not read');
  const token = sampleToken([held], [entry.rule]);
  const source: TokenSource = {
    find: (text) => (text === TEXT ? token : undefined),
    isCurrent: () => true,
    isStaleFor: () => false,
  };
  const { origin, authorization } = REQUESTS[chosen];
  const policy = { requires: [wanted], secretInQuery: 'flag', publicOrigin: undefined } as const;
  return checkRequest(sampleRequest(origin, authorization), policy, source, 0);
}
