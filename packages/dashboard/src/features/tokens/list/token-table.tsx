import type { NativeToken } from '@latchkey/wire/native';
import {
  createColumnHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown } from 'lucide-react';
import { type ReactElement, useMemo } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classes } from '../../../ui/classes.ts';
import { Time } from '../../../ui/time.tsx';
import { TokenLink } from '../token-link.tsx';
import type { ListSearch } from './list-search.ts';
import { LastUsedCell, NameMarks, NameText, StatusCell, UrlsCell, UsageBadge } from './row-parts.tsx';
import { useTokenListTexts } from './texts.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export interface TokenRowsProps {
  readonly account: string;
  readonly tokens: readonly NativeToken[];
  readonly selection: RowSelectionState;
  readonly onSelectionChange: (selection: RowSelectionState) => void;
  /** Whether rows can be chosen: the reader may revoke. */
  readonly canChoose: boolean;
  /** Made a moment ago; its row stands out. */
  readonly madeToken: string | undefined;
  /** The last rows came into view. */
  readonly onEnd: () => void;
}

export interface TokenTableProps extends TokenRowsProps {
  readonly sort: ListSearch['sort'];
  readonly onSort: (sort: ListSearch['sort']) => void;
}

const features = tableFeatures({ rowSelectionFeature });
const helper = createColumnHelper<typeof features, NativeToken>();
const ROW_HEIGHT = 56;

/** The orders that the server knows, at the columns that they belong to. */
const SORT_OF: Readonly<Record<string, ListSearch['sort'] | 'created'>> = {
  name: 'note',
  lastUsed: 'lastUsed',
  created: 'created',
};

const WIDTHS: Readonly<Record<string, string>> = {
  choose: 'w-10',
  usage: 'w-28',
  scopes: 'w-18',
  urls: 'w-28',
  lastUsed: 'w-34',
  created: 'w-32',
  status: 'w-34',
};

/** Rows of which only those near the window are in the page. */
export function TokenTable(props: TokenTableProps): ReactElement {
  const { account, tokens, selection, onSelectionChange, canChoose, madeToken, onEnd, sort, onSort } = props;
  const texts = useTokenListTexts();
  const columns = useColumns(account, madeToken, canChoose);
  const table = useTable({
    features,
    columns,
    data: tokens,
    getRowId: (token) => token.id,
    state: { rowSelection: selection },
    onRowSelectionChange: (next) => onSelectionChange(typeof next === 'function' ? next(selection) : next),
    enableRowSelection: canChoose,
  });
  const { rows } = table.getRowModel();
  const { body, items, before, after, onKeyDown } = useVirtualRows<HTMLTableSectionElement>({
    count: rows.length,
    height: ROW_HEIGHT,
    onEnd,
    toggle: (at) => rows[at]?.toggleSelected(),
  });
  return (
    <table
      aria-label={texts.table}
      aria-rowcount={rows.length + 1}
      className="w-full table-fixed border-collapse text-left"
      onKeyDown={onKeyDown}
    >
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            {group.headers.map((header) => {
              const order = SORT_OF[header.column.id];
              const isSorted = order !== undefined && order === (sort ?? 'created');
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={isSorted ? (order === 'note' ? 'ascending' : 'descending') : undefined}
                  className={classes(
                    'border-b border-line px-3 py-2 text-xs font-medium whitespace-nowrap text-soft first:pl-4 last:pr-4',
                    WIDTHS[header.column.id],
                  )}
                >
                  {order === undefined ? (
                    <table.FlexRender header={header} />
                  ) : (
                    <button
                      type="button"
                      className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
                      onClick={() => onSort(order === 'created' ? undefined : order)}
                    >
                      <table.FlexRender header={header} />
                      {isSorted && (
                        <ArrowDown
                          aria-hidden
                          className={classes('size-3', order === 'note' && 'rotate-180')}
                        />
                      )}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody ref={body}>
        {before > 0 && <tr aria-hidden style={{ height: before }} />}
        {items.map(({ index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <tr
              key={row.id}
              data-row={index}
              aria-rowindex={index + 2}
              aria-selected={canChoose ? row.getIsSelected() : undefined}
              className={classes(
                'h-14 border-b border-line last:border-b-0 hover:bg-hover/60',
                row.getIsSelected() && 'bg-accent-soft/60',
                row.id === madeToken && 'made-token bg-accent-soft',
              )}
            >
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className="overflow-hidden px-3 first:pl-4 last:pr-4">
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          );
        })}
        {after > 0 && <tr aria-hidden style={{ height: after }} />}
      </tbody>
    </table>
  );
}

function useColumns(account: string, madeToken: string | undefined, canChoose: boolean) {
  const texts = useTokenListTexts();
  return useMemo(() => {
    const choose = helper.display({
      id: 'choose',
      header: ({ table }) => (
        <Checkbox
          label={texts.chooseAll}
          hasHiddenLabel
          checked={table.getIsAllRowsSelected()}
          isMixed={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
          onChange={() => table.toggleAllRowsSelected()}
        />
      ),
      cell: ({ row }) => (
        <Checkbox
          label={texts.choose({ name: row.original.note ?? row.id })}
          hasHiddenLabel
          checked={row.getIsSelected()}
          onChange={row.getToggleSelectedHandler()}
        />
      ),
    });
    return helper.columns([
      ...(canChoose ? [choose] : []),
      helper.accessor('note', {
        id: 'name',
        header: texts.columns.name,
        cell: ({ row: { original: token } }) => (
          <span className="block min-w-0">
            <span className="flex items-center gap-1.5">
              <TokenLink account={account} token={token.id} className="truncate font-medium hover:underline">
                <NameText token={token} />
              </TokenLink>
              <NameMarks token={token} isNew={token.id === madeToken} />
            </span>
            <span className="block truncate font-mono text-xs text-faint">{token.id}</span>
          </span>
        ),
      }),
      helper.accessor('usage', {
        header: texts.columns.usage,
        cell: ({ row }) => <UsageBadge usage={row.original.usage} />,
      }),
      helper.accessor('scopes', {
        header: texts.columns.scopes,
        cell: ({ row: { original } }) => (
          <span title={original.scopes.join('\n')} className="tabular-nums">
            {original.scopes.length}
          </span>
        ),
      }),
      helper.display({
        id: 'urls',
        header: texts.columns.urls,
        cell: ({ row }) => <UrlsCell token={row.original} isBare />,
      }),
      helper.accessor('lastUsed', {
        header: texts.columns.lastUsed,
        cell: ({ row }) => <LastUsedCell token={row.original} />,
      }),
      helper.accessor('created', {
        header: texts.columns.created,
        cell: ({ row }) => <Time at={row.original.created} as="ago" />,
      }),
      helper.accessor('status', {
        header: texts.columns.status,
        cell: ({ row }) => <StatusCell token={row.original} />,
      }),
    ]);
  }, [account, madeToken, canChoose, texts]);
}
