declare const brand: unique symbol;

/** The name of a right, `resource:action`. Made only by {@link parseScope}. */
export type Scope = string & { readonly [brand]: 'Scope' };

const SHAPE = /^[a-z][a-z0-9-]{0,62}:[a-z][a-z0-9-]{0,62}$/;

/** `resource:action`, each 1 to 63 of `a-z0-9-` beginning with a letter. There are no wildcards. */
export function parseScope(text: string): Scope | undefined {
  return SHAPE.test(text) ? (text as Scope) : undefined;
}
