/**
 * Gives each country a number so that no two neighbours share one, the most entangled first. Few maps need more than
 * five; the numbers name colours of the style.
 *
 * @param neighbours for each country the indexes of those it touches
 */
export function colourCountries(neighbours: readonly (readonly number[])[]): number[] {
  const order = neighbours.map((_, index) => index);
  order.sort((a, b) => (neighbours[b]?.length ?? 0) - (neighbours[a]?.length ?? 0) || a - b);
  const colours = new Map<number, number>();
  for (const index of order) {
    const taken = new Set(neighbours[index]?.map((neighbour) => colours.get(neighbour)));
    // Starting at another colour each time spreads them: islands would otherwise all get the first.
    let colour = index % COLOURS;
    for (let tries = 0; taken.has(colour) && tries < COLOURS; tries += 1) colour = (colour + 1) % COLOURS;
    while (taken.has(colour)) colour += 1;
    colours.set(index, colour);
  }
  return neighbours.map((_, index) => colours.get(index) ?? 0);
}

/** How many colours a style should have. */
export const COLOURS = 6;
