declare module 'polylabel' {
  /** The point inside the polygon that is furthest from its edge, to within `precision`; `distance` is how far that is. */
  export default function polylabel(
    polygon: readonly (readonly (readonly number[])[])[],
    precision?: number,
  ): [number, number] & { readonly distance: number };
}
