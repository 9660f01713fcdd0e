import type { ReactElement } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classes } from '../../../ui/classes.ts';
import { Time } from '../../../ui/time.tsx';
import { TokenLink } from '../token-link.tsx';
import { LastUsedCell, NameMarks, NameText, StatusCell, UrlsCell, UsageBadge } from './row-parts.tsx';
import { useTokenListTexts } from './texts.ts';
import type { TokenRowsProps } from './token-table.tsx';
import { useVirtualRows } from './use-virtual-rows.ts';

const CARD_HEIGHT = 132;

/** The list where the window is too narrow for a table. */
export function TokenCards(props: TokenRowsProps): ReactElement {
  const { account, tokens, selection, onSelectionChange, canChoose, madeToken, onEnd } = props;
  const texts = useTokenListTexts();
  const toggle = (at: number) => {
    const id = tokens[at]?.id;
    if (id === undefined || !canChoose) return;
    const { [id]: isChosen, ...others } = selection;
    onSelectionChange(isChosen === undefined ? { ...selection, [id]: true } : others);
  };
  const { body, items, before, after, measure, onKeyDown } = useVirtualRows<HTMLUListElement>({
    count: tokens.length,
    height: CARD_HEIGHT,
    onEnd,
    toggle,
  });
  return (
    <ul
      ref={body}
      aria-label={texts.table}
      onKeyDown={onKeyDown}
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {items.map(({ index }) => {
        const token = tokens[index];
        if (token === undefined) return null;
        const isChosen = selection[token.id] === true;
        return (
          <li
            key={token.id}
            ref={measure}
            data-index={index}
            data-row={index}
            aria-posinset={index + 1}
            aria-setsize={tokens.length}
            className={classes(
              'flex gap-3 border-b border-line px-4 py-3 last:border-b-0',
              isChosen && 'bg-accent-soft/60',
              token.id === madeToken && 'made-token bg-accent-soft',
            )}
          >
            {canChoose && (
              <Checkbox
                label={texts.choose({ name: token.note ?? token.id })}
                hasHiddenLabel
                checked={isChosen}
                onChange={() => toggle(index)}
              />
            )}
            <div className="flex min-w-0 flex-1 flex-col gap-1.5">
              <div className="flex flex-wrap items-center gap-1.5">
                <TokenLink
                  account={account}
                  token={token.id}
                  className="min-w-0 truncate font-medium hover:underline"
                >
                  <NameText token={token} />
                </TokenLink>
                <NameMarks token={token} isNew={token.id === madeToken} />
              </div>
              <div className="flex flex-wrap items-center gap-1.5">
                <UsageBadge usage={token.usage} />
                <StatusCell token={token} />
                <UrlsCell token={token} />
                <span className="text-sm text-soft">{texts.scopesCount({ count: token.scopes.length })}</span>
              </div>
              <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
                <dt className="text-soft">{texts.columns.lastUsed}</dt>
                <dd>
                  <LastUsedCell token={token} />
                </dd>
                <dt className="text-soft">{texts.columns.created}</dt>
                <dd>
                  <Time at={token.created} as="ago" />
                </dd>
              </dl>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
