import type { Preset } from './presets.ts';
import type { OfferedScope } from './scope-groups.ts';

/** More was chosen than the purpose needs. */
export interface Oversize {
  readonly preset: Preset;
  /** Chosen, and not needed for the purpose. */
  readonly extra: readonly string[];
  /** Those of `extra` without which the token would be public. Empty: it is public, or secret anyway. */
  readonly makesSecret: readonly string[];
}

/**
 * Compares what was chosen with the purpose that was picked. Where none was, only one mistake is told: everything that a web
 * page needs was chosen, and something secret with it. Undefined: nothing is too much, or nothing is known of the purpose.
 */
export function findOversize(
  chosen: ReadonlySet<string>,
  picked: Preset | undefined,
  presets: readonly Preset[],
  offered: readonly OfferedScope[],
): Oversize | undefined {
  const preset = picked ?? widestPublic(chosen, presets);
  if (preset === undefined) return undefined;
  const extra = offered.map(({ id }) => id).filter((id) => chosen.has(id) && !preset.scopes.includes(id));
  if (extra.length === 0) return undefined;
  const secret = new Set(offered.filter((scope) => !scope.public).map(({ id }) => id));
  const makesSecret = preset.usage === 'pk' ? extra.filter((id) => secret.has(id)) : [];
  if (picked === undefined && makesSecret.length === 0) return undefined;
  return { preset, extra, makesSecret };
}

/** The public purpose that leaves the least over, of those whose scopes are all chosen. */
function widestPublic(chosen: ReadonlySet<string>, presets: readonly Preset[]): Preset | undefined {
  const covered = presets.filter(
    ({ usage, scopes }) => usage === 'pk' && scopes.every((scope) => chosen.has(scope)),
  );
  return covered.toSorted((a, b) => b.scopes.length - a.scopes.length)[0];
}

/** What a token with these scopes will be: public where all are public, none at all included. */
export function usageOfChoice(chosen: ReadonlySet<string>, offered: readonly OfferedScope[]): 'pk' | 'sk' {
  const open = new Set(offered.filter((scope) => scope.public).map(({ id }) => id));
  return [...chosen].every((scope) => open.has(scope)) ? 'pk' : 'sk';
}
