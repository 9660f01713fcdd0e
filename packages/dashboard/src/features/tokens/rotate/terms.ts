import type { ChangeRotationBody } from '@latchkey/wire/native';

/** When the old token of a rotation is retired: after a time, or once it was quiet for one. */
export type RotationTerm =
  | { readonly kind: 'grace'; readonly duration: '0s' | '15m' | '1h' | '24h' | '7d' }
  | { readonly kind: 'untilQuiet'; readonly duration: '1h' | '24h' | '7d' };

/** What is offered, from the hastiest on. */
export const ROTATION_TERMS: readonly RotationTerm[] = [
  { kind: 'grace', duration: '0s' },
  { kind: 'grace', duration: '15m' },
  { kind: 'grace', duration: '1h' },
  { kind: 'grace', duration: '24h' },
  { kind: 'grace', duration: '7d' },
  { kind: 'untilQuiet', duration: '24h' },
];

/** How long nobody must have used a token for it to be called quiet. */
export const QUIET_SPANS = ['1h', '24h', '7d'] as const;

/** The term as calls take it. */
export function termBody(term: RotationTerm): ChangeRotationBody {
  return term.kind === 'grace' ? { grace: term.duration } : { untilQuiet: term.duration };
}

export interface Remaining {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** What is left until `end`, both in unix milliseconds; undefined once it has come. The last second counts as one until it is over. */
export function remainingUntil(end: number, now: number): Remaining | undefined {
  if (end <= now) return undefined;
  const seconds = Math.ceil((end - now) / 1000);
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  };
}
