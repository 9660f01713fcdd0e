import CliTable from 'cli-table3';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const style = { 'padding-left': 0, 'padding-right': 0, head: [], border: [] };

/** Rows under headings, aligned also where text is Chinese. Cells are made safe to show; ends with a line break. */
export function drawTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const table = new CliTable({
    head: headings.map((heading) => paint.bold(heading)),
    chars: borderless,
    style,
  });
  for (const row of rows) table.push(row.map(printable));
  return table.length === 0 ? '' : trimEnds(table.toString());
}

/** One thing's fields, a name and a value a line. Fields whose value is undefined are left out. */
export function drawFields(fields: readonly (readonly [string, string | undefined])[], paint: Paint): string {
  const table = new CliTable({ chars: borderless, style });
  for (const [name, value] of fields) {
    if (value !== undefined) table.push([paint.dim(name), printable(value)]);
  }
  return table.length === 0 ? '' : trimEnds(table.toString());
}

function trimEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
