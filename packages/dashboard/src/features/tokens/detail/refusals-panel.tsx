import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useLanguage } from '../../../language/language-context.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { reasonText, useDecisionTexts } from '../decision-texts.ts';
import { outcomesQuery } from '../usage/queries.ts';
import { spanOf, type UsageRange } from '../usage/range.ts';
import { refusalsByReason } from './refusals-by-reason.ts';
import { useTokenPageTexts } from './texts.ts';

/** Reasons that a change of the token helps with. */
const MENDED_BY_EDIT = new Set([
  'insufficient_scope',
  'url_not_allowed',
  'path_not_visible',
  'evidence_missing',
  'resource_not_allowed',
  'application_not_allowed',
  'address_not_allowed',
]);

export interface RefusalsPanelProps {
  readonly token: NativeToken;
  readonly range: UsageRange;
  readonly mayWrite: boolean;
}

/** Why requests with this token were refused, the most frequent first, each with what to do. */
export function RefusalsPanel({ token, range, mayWrite }: RefusalsPanelProps): ReactElement {
  const { refusals: texts } = useTokenPageTexts();
  const decision = useDecisionTexts();
  const { locale } = useLanguage();
  const { account, id } = token;
  const outcomes = useQuery(outcomesQuery({ account, token: id, span: spanOf(range, useNow()) }));
  const refused = refusalsByReason(outcomes.data?.rows ?? []);
  const number = new Intl.NumberFormat(locale);
  const params = { account, token: id };
  return (
    <Panel title={texts.title}>
      {outcomes.isPending ? (
        <SkeletonLines lines={2} />
      ) : outcomes.isError ? (
        <FailureState error={outcomes.error} onRetry={() => void outcomes.refetch()} />
      ) : refused.length === 0 ? (
        <p className="text-soft">{texts.empty}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {refused.map(({ reason, scopes, count }) => {
            const text = reasonText(
              decision,
              reason,
              scopes.filter((scope) => !token.scopes.includes(scope)),
            );
            return (
              <li key={reason} className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0">
                <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="font-mono text-sm font-medium">{reason}</span>
                  <span className="font-medium tabular-nums">
                    {texts.times({ count: number.format(count) })}
                  </span>
                </p>
                {text !== undefined && <p className="text-soft">{text.sentence}</p>}
                {text !== undefined && (
                  <p>
                    <span className="font-medium">{texts.fix}: </span>
                    {text.fix}
                  </p>
                )}
                <p className="flex gap-4 text-sm">
                  {mayWrite &&
                    token.usage !== 'tk' &&
                    token.status !== 'revoked' &&
                    MENDED_BY_EDIT.has(reason) && (
                      <Link
                        to="/a/$account/tokens/$token/edit"
                        params={params}
                        className="text-accent-ink hover:underline"
                      >
                        {texts.edit}
                      </Link>
                    )}
                  <Link
                    to="/a/$account/explain"
                    params={{ account }}
                    search={{ token: id }}
                    className="text-accent-ink hover:underline"
                  >
                    {texts.explain}
                  </Link>
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
