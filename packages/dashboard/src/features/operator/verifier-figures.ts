import type { Verifier, Verifiers } from '@latchkey/wire/native';

/** A clock that is further off is worth a word; less is what a slow call looks like. */
const SKEW_MS = 5_000;

/** By how many changes it is behind; undefined: it has told of none, or of another history. */
export function lagOf(
  { epoch, revision }: Verifier,
  head: Pick<Verifiers, 'epoch' | 'revision'>,
): number | undefined {
  return epoch !== head.epoch || revision === null ? undefined : Math.max(0, head.revision - revision);
}

export function isClockOff({ usage }: Verifier): boolean {
  return Math.abs(usage.clockSkewMs ?? 0) > SKEW_MS;
}

export interface Figures {
  readonly behind: number;
  readonly outOfReach: number;
  readonly unread: number;
  readonly clocksOff: number;
  /** Each with how many verifiers run it. */
  readonly versions: readonly { readonly version: string | null; readonly count: number }[];
}

export function figuresOf({ verifiers }: Verifiers): Figures {
  const versions = new Map<string | null, number>();
  for (const { version } of verifiers) versions.set(version, (versions.get(version) ?? 0) + 1);
  const count = (is: (verifier: Verifier) => boolean) => verifiers.filter(is).length;
  return {
    behind: count(({ state }) => state === 'pending'),
    outOfReach: count(({ state }) => state === 'unreachable' || state === 'expired'),
    unread: verifiers.reduce((sum, { rejected }) => sum + rejected.length, 0),
    clocksOff: count(isClockOff),
    versions: [...versions].map(([version, many]) => ({ version, count: many })),
  };
}
