import type { UsageLine } from './series.ts';

/**
 * Colours that people of every kind of sight tell apart, after Okabe and Ito, a step darker or lighter for each theme: blue for what
 * passed, warm ones for what was refused. What is drawn together is grey.
 */
export const CHART_COLOURS = [
  '--color-chart-1',
  '--color-chart-2',
  '--color-chart-3',
  '--color-chart-4',
  '--color-chart-5',
  '--color-chart-6',
] as const;

const TOGETHER = '--color-chart-rest';

/** The custom property that holds the colour of a line. Outcomes keep blue for `allowed`, also where nothing was. */
export function colourOf(lines: readonly UsageLine[], index: number, isOutcome: boolean): string {
  const line = lines[index];
  if (line === undefined || line.key === null) return TOGETHER;
  if (!isOutcome) return CHART_COLOURS[index % CHART_COLOURS.length] ?? TOGETHER;
  if (line.key === 'allowed') return CHART_COLOURS[0];
  const refused = lines.filter(({ key }) => key !== 'allowed').indexOf(line);
  return CHART_COLOURS[1 + (refused % (CHART_COLOURS.length - 1))] ?? TOGETHER;
}

/** The colour as a canvas takes it, in the theme in force at `place`. */
export function resolveColour(place: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
