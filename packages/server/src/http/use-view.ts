import type { NativeToken } from '@latchkey/wire/native';
import type { UseRow } from '../store/usage-store.ts';
import { isoTime } from './iso-time.ts';

type LastUse = Pick<NativeToken, 'lastUsed' | 'lastRefused' | 'exposed'>;

/** The newest use of each kind, as answers tell them; what is not known is left out. */
export function lastUseView(uses: readonly UseRow[]): LastUse {
  const view: LastUse = {};
  for (const { kind, at, service, origin, client, outcome } of uses) {
    const use = { at: isoTime(at), service, origin, client };
    if (kind === 'allowed') view.lastUsed = use;
    else if (kind === 'exposed') view.exposed = use;
    else view.lastRefused = { ...use, reason: outcome };
  }
  return view;
}

/** The uses of each token. */
export function byToken(uses: readonly UseRow[]): ReadonlyMap<string, readonly UseRow[]> {
  const found = new Map<string, UseRow[]>();
  for (const use of uses) found.set(use.token, [...(found.get(use.token) ?? []), use]);
  return found;
}
