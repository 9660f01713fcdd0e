/**
 * The shape that a translation of `M` must have: the same keys, and for each message with parameters the same
 * parameters. A missing, extra or differently parametrised message does not compile.
 */
export type Translated<M> = {
  readonly [K in keyof M]: M[K] extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : M[K] extends string
      ? string
      : Translated<M[K]>;
};
