import type { Translated } from '@latchkey/wire/messages';
import type { tokenUsage } from '../../../messages/en/token-usage.ts';
import { colourOf } from './chart-colours.ts';
import type { SeriesDimension, UsageLine, UsageSeries } from './series.ts';

export interface LineNames {
  readonly texts: Translated<typeof tokenUsage>;
  /** By id. */
  readonly tokens?: ReadonlyMap<string, string> | undefined;
}

/** What a line is called. Reasons keep their codes: they are what answers and documents say. */
export function lineLabel({ key }: UsageLine, by: SeriesDimension, { texts, tokens }: LineNames): string {
  if (key === null) return texts.others;
  if (by === 'outcome') return key === 'allowed' ? texts.allowed : key;
  if (by === 'service') return key;
  return key === '' ? texts.noToken : (tokens?.get(key) ?? `${key.slice(0, 10)}…`);
}

/** Each line of a series with its name and colour. */
export function labelledLines({ lines }: UsageSeries, by: SeriesDimension, names: LineNames) {
  return lines.map((line, index) => ({
    id: line.key ?? '*',
    label: lineLabel(line, by, names),
    colour: colourOf(lines, index, by === 'outcome'),
  }));
}
