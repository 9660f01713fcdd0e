import type { Catalogue, Grant } from '@latchkey/core';
import { ROLE_RIGHTS, ROLES, scopesOfRole } from '@latchkey/core';
import type { AuditActor } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { grantOfRow } from './grant-of-row.ts';
import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';
import { grantableScopes } from './read-scopes.ts';

/** A token calls with its scopes, a member with those of the role. */
export function refuseLackingScope(caller: Caller, scope: string): Refused | undefined {
  if (scopesOf(caller).some((held) => held === scope)) return undefined;
  if (caller.kind === 'token') {
    const detail = `This call requires a token with ${scope} scope.`;
    return refused({ code: 'insufficient_scope', detail, scope });
  }
  const { kind } = caller.account;
  const able = ROLES.filter((role) => scopesOfRole(role, kind).some((held) => held === scope));
  const detail =
    able.length === 0
      ? `This call requires ${scope}, which no member of this account has.`
      : `This call requires ${scope}, which the role ${caller.role} does not have; these do: ${able.join(', ')}.`;
  return refused({ code: 'insufficient_scope', detail, scope });
}

/** Everything that the caller may give to a token: what it makes, widens or rotates has to be contained in this. */
export function givableGrant(caller: Caller, catalogue: Catalogue): Grant {
  if (caller.kind === 'token') return grantOfRow(caller.token);
  const { gives } = ROLE_RIGHTS[caller.role];
  const scopes = grantableScopes(caller.account, catalogue).filter(
    (scope) =>
      gives === 'every scope' ||
      (gives === 'ordinary scopes' && catalogue.get(scope)?.operatorOnly === false),
  );
  return { scopes, restrictions: [], expires: null };
}

/** A temporary token gives nothing that outlives it. */
export function isTemporary(caller: Caller): boolean {
  return caller.kind === 'token' && caller.token.usage === 'tk';
}

/** Who did it, as the audit log keeps it. */
export function actorOf(caller: Caller): AuditActor {
  const account = caller.account.name;
  if (caller.kind === 'token') return { kind: 'token', id: caller.token.id, account };
  return { kind: 'member', person: caller.person.id, name: caller.person.name, account };
}

/** The same for the same caller, whatever it asks; another one's is another. */
export function identityOf(caller: Caller): string {
  return caller.kind === 'token' ? caller.token.id : `person ${caller.person.id}`;
}

function scopesOf(caller: Caller): readonly string[] {
  return caller.kind === 'token' ? caller.token.scopes : scopesOfRole(caller.role, caller.account.kind);
}
