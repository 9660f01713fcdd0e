import type { NativeToken } from '@latchkey/wire/native';
import type { SessionAccount } from '../../../session/use-session.ts';
import { offeredTo } from '../form/offered-scopes.ts';
import type { OfferedScope } from '../form/scope-groups.ts';

/**
 * The scopes that a token may have after a change: those that it holds, and those that the reader may add. A public token gets public ones
 * only, and one that was made without scopes gets none.
 */
export function scopesFor(
  token: Pick<NativeToken, 'usage' | 'scopes' | 'default'>,
  account: Pick<SessionAccount, 'role' | 'kind'>,
  catalogue: readonly OfferedScope[],
): readonly OfferedScope[] {
  const held = token.scopes.map(
    (id) => catalogue.find((scope) => scope.id === id) ?? departed(id, token.usage),
  );
  if (token.scopes.length === 0 && token.usage === 'pk' && !token.default) return [];
  const more = offeredTo(account, catalogue).filter(
    (scope) => (token.usage !== 'pk' || scope.public) && !token.scopes.includes(scope.id),
  );
  const order = new Map(catalogue.map(({ id }, index) => [id, index]));
  return [...held, ...more].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** A scope that left the catalogue: the token keeps it until it is taken away. */
function departed(id: string, usage: NativeToken['usage']): OfferedScope {
  return { id, public: usage === 'pk', operatorOnly: false, description: '' };
}
