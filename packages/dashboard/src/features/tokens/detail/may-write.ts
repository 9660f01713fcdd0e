import { scopesOfRole } from '@latchkey/core';
import type { SessionAccount } from '../../../session/use-session.ts';

/** Whether the reader's role may change tokens. The server refuses the others whatever is shown. */
export function mayWriteTokens({ role, kind }: Pick<SessionAccount, 'role' | 'kind'>): boolean {
  return scopesOfRole(role, kind).includes('tokens:write');
}
