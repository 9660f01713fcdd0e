import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useLanguage } from '../../../language/language-context.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { tokenTotalsQuery } from './queries.ts';
import type { UsageSpan } from './range.ts';
import { useTokenUsageTexts } from './texts.ts';
import { tokenTotals } from './token-totals.ts';

export interface TokensByUseProps {
  readonly account: string;
  readonly span: UsageSpan;
  readonly names: ReadonlyMap<string, string> | undefined;
}

const SHOWN = 20;

/** The tokens that were used most, with how much of it was refused. */
export function TokensByUse({ account, span, names }: TokensByUseProps): ReactElement {
  const texts = useTokenUsageTexts();
  const { locale } = useLanguage();
  const totals = useQuery(tokenTotalsQuery(account, span));
  const rows = useMemo(() => tokenTotals(totals.data?.rows ?? []).slice(0, SHOWN), [totals.data]);
  const number = new Intl.NumberFormat(locale);
  return (
    <Panel title={texts.byToken} isFlush={rows.length > 0}>
      {totals.isPending ? (
        <SkeletonLines />
      ) : totals.isError ? (
        <FailureState error={totals.error} onRetry={() => void totals.refetch()} />
      ) : rows.length === 0 ? (
        <p className="text-soft">{texts.empty}</p>
      ) : (
        <Table label={texts.dimension.token}>
          <thead>
            <tr>
              <Th>{texts.dimension.token}</Th>
              <Th className="text-right">{texts.allowed}</Th>
              <Th className="text-right">{texts.refused}</Th>
              <Th className="text-right">{texts.total}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ token, allowed, refused }) => (
              <tr key={token ?? ''}>
                <Td>
                  {token === null ? (
                    <span className="text-soft">{texts.noToken}</span>
                  ) : (
                    <Link
                      to="/a/$account/tokens/$token"
                      params={{ account, token }}
                      className="text-accent-ink underline-offset-2 hover:underline"
                    >
                      {names?.get(token) ?? <span className="font-mono text-sm">{token}</span>}
                    </Link>
                  )}
                </Td>
                <Td className="text-right tabular-nums">{number.format(allowed)}</Td>
                <Td className="text-right tabular-nums">{number.format(refused)}</Td>
                <Td className="text-right font-medium tabular-nums">{number.format(allowed + refused)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
