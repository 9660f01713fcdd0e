import type { Compilable, CompiledQuery } from 'kysely';

/** Stands for a value while a statement is compiled. */
class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** Gives the place of a value in a statement that is being built. */
export type Values<V> = <K extends keyof V>(name: K) => V[K];

/**
 * Compiles a query once and binds other values each time: building and compiling a query costs several times as much
 * as running it.
 */
export function statement<V, Row>(
  build: (value: Values<V>) => Compilable<Row>,
): (values: V) => CompiledQuery<Row> {
  // The query builder passes values through untouched, so a placeholder may pose as the value it stands for.
  const compiled = build(<K extends keyof V>(name: K) => new Placeholder(name) as unknown as V[K]).compile();
  const slots = compiled.parameters;
  return (values) => ({
    ...compiled,
    parameters: slots.map((slot) => (slot instanceof Placeholder ? values[slot.name as keyof V] : slot)),
  });
}
