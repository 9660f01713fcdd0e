/** What a person may do for an account, the widest first. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export interface RoleRights {
  /** One sentence: who this is for. */
  readonly purpose: string;
  /** Scopes of Latchkey's own APIs with which a member calls. A member of a customer's account has no others, whatever its tokens hold. */
  readonly scopes: readonly string[];
  /** Those that come on top in the operator's account. */
  readonly operatorScopes: readonly string[];
  /**
   * Which scopes a member may give to tokens: none, those of the account's allowance that are not the operator's alone, or
   * every one that the account may hold. Restrictions and expiry are free.
   */
  readonly gives: 'nothing' | 'ordinary scopes' | 'every scope';
  /** Roles that a member may give and take away, in invitations too: whoever has another role is out of reach. */
  readonly manages: readonly Role[];
}

const READING = ['scopes:list', 'tokens:read', 'statistics:read', 'audit:read'] as const;
const WRITING = [...READING, 'tokens:write'] as const;
const OPERATING = ['accounts:read', 'accounts:write', 'verifiers:read'] as const;

/** The rights of each role. Nothing else decides what a member may do. */
export const ROLE_RIGHTS = {
  owner: {
    purpose: 'Answers for the account. It always has one.',
    scopes: WRITING,
    operatorScopes: OPERATING,
    gives: 'every scope',
    manages: ROLES,
  },
  admin: {
    purpose: 'Runs the account day by day.',
    scopes: WRITING,
    operatorScopes: OPERATING,
    gives: 'every scope',
    manages: ['admin', 'developer', 'viewer'],
  },
  developer: {
    purpose: 'Works with tokens.',
    scopes: WRITING,
    operatorScopes: [],
    gives: 'ordinary scopes',
    manages: [],
  },
  viewer: {
    purpose: 'Looks and changes nothing.',
    scopes: READING,
    operatorScopes: [],
    gives: 'nothing',
    manages: [],
  },
} as const satisfies Record<Role, RoleRights>;

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** Scopes of Latchkey's own APIs with which a member of such an account calls. */
export function scopesOfRole(role: Role, accountKind: 'operator' | 'customer'): readonly string[] {
  const { scopes, operatorScopes }: RoleRights = ROLE_RIGHTS[role];
  return accountKind === 'operator' ? [...scopes, ...operatorScopes] : scopes;
}

/** Whether a member with one role may give and take away another one. */
export function managesRole(role: Role, other: Role): boolean {
  const { manages }: RoleRights = ROLE_RIGHTS[role];
  return manages.includes(other);
}
