import type { Messages } from '@latchkey/wire/messages';
import type { Usage, UsageDimension } from '@latchkey/wire/native';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { drawTable } from '../terminal/table.ts';

type Row = Usage['rows'][number];

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const WIDEST_BAR = 40;
const NARROWEST_BAR = 8;

/** Sums as bars, the longest for the largest; refused ones in red where they are told apart. */
export function drawUsage(usage: Usage, text: Messages, paint: Paint, columns: number): string {
  if (usage.rows.length === 0) return `${text.counts.none}\n`;
  const most = Math.max(...usage.rows.map(({ count }) => count));
  const hasTime = usage.step !== 'total';
  const heads = [
    ...(hasTime ? [text.counts.at] : []),
    ...usage.by.map((name) => text.counts.dimension[name]),
  ];
  const cells = usage.rows.map((row) => [
    ...(hasTime ? [momentOf(row, usage.step)] : []),
    ...usage.by.map((name) => cellOf(row, name, text)),
  ]);
  const labels = Math.max(...[heads, ...cells].map((row) => row.join('  ').length));
  const width = Math.min(WIDEST_BAR, Math.max(NARROWEST_BAR, columns - labels - 16));
  return drawTable(
    [...heads, '', text.counts.count],
    usage.rows.map((row, index) => [
      ...(cells[index] ?? []),
      bar(row.count / most, width),
      String(row.count),
    ]),
    paint,
  );
}

function bar(share: number, width: number): string {
  const eighths = Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function momentOf({ at = '' }: Row, step: Usage['step']): string {
  return step === 'day' ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

function cellOf(row: Row, name: UsageDimension, text: Messages): string {
  const value = row[name];
  if (value === null || value === undefined || value === '') return text.counts.untold;
  return value === '*' ? text.counts.other : printable(value);
}
