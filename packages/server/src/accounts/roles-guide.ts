import { ROLE_RIGHTS, ROLES, type RoleRights, STEP_UP_MINUTES } from '@latchkey/core';
import { LONE_REVOCATIONS } from '../tokens/lone-revocations.ts';

/** `docs/roles.md`, made from the table that decides. */
export function rolesGuide(): string {
  return `# Roles

What a person may do for an account. This page is made from the table that the server decides by
(\`packages/core/src/member/role.ts\`); a person may belong to several accounts, with another role in each.

| role | for whom | calls with these scopes | gives to tokens | gives and takes away the roles |
|---|---|---|---|---|
${ROLES.map((role) => rowOf(role, ROLE_RIGHTS[role])).join('\n')}

In the operator's account, ${ROLES.filter((role) => ROLE_RIGHTS[role].operatorScopes.length > 0).join(' and ')} have ${code(ROLE_RIGHTS.owner.operatorScopes)} too.

**A member gives within the account's allowance**: a token that a member makes, widens or rotates may have any scope that the
account may hold and the role may give, everywhere, without an end. *Ordinary scopes* are all but the operator's own. Narrowing and
revoking need the scope \`tokens:write\` alone: taking a right away gives none.

**An account always has an owner.** The last one can neither leave nor become something else.

**A role is read again inside every change.** What is taken from a member counts from the next call on, the one that is running included.
Invitations count only while whoever sent them could send them still: those of a member who leaves, is removed or gets a lesser role are taken
back, and none is replaced by who could not have taken it back.

**Some acts want the password or the second factor again**, within the last ${STEP_UP_MINUTES} minutes, in this session and for this class of act:
\`secrets\` (making or rotating a secret token, making an account), \`widening\` (more scopes, more places, a later end; also undoing or
putting off the retirement of a token, and resuming an account), \`bulk\` (revoking many at once, or more than ${LONE_REVOCATIONS} one by one within ${STEP_UP_MINUTES} minutes), \`members\` (inviting people, changing or removing them),
\`security\` (one's own password and second factor). Without it the server refuses with 403 \`step_up_required\`, and \`class\` tells which.
`;
}

function rowOf(role: string, { purpose, scopes, gives, manages }: RoleRights): string {
  const managed = manages.length === 0 ? 'none' : manages.join(', ');
  return `| **${role}** | ${purpose} | ${code(scopes)} | ${gives} | ${managed} |`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
