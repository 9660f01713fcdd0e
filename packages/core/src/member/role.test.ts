import { describe, expect, test } from 'vitest';
import { builtInScopes } from '../scope/default-catalogue.ts';
import { isRole, managesRole, ROLE_RIGHTS, ROLES, type RoleRights, scopesOfRole } from './role.ts';

const rightsOf = (role: (typeof ROLES)[number]): RoleRights => ROLE_RIGHTS[role];

describe('roles', () => {
  test('a wider role has every right of a narrower one', () => {
    const gives = ['nothing', 'ordinary scopes', 'every scope'];
    for (const [index, narrow] of ROLES.entries()) {
      for (const wide of ROLES.slice(0, index).map(rightsOf)) {
        const { scopes, operatorScopes, manages } = rightsOf(narrow);
        expect(wide.scopes).toEqual(expect.arrayContaining([...scopes]));
        expect(wide.operatorScopes).toEqual(expect.arrayContaining([...operatorScopes]));
        expect(wide.manages).toEqual(expect.arrayContaining([...manages]));
        expect(gives.indexOf(wide.gives)).toBeGreaterThanOrEqual(gives.indexOf(rightsOf(narrow).gives));
      }
    }
  });

  test('nobody gives or takes away a role above their own', () => {
    for (const [index, role] of ROLES.entries()) {
      for (const above of ROLES.slice(0, index)) expect(managesRole(role, above)).toBe(false);
    }
  });

  test('a viewer has no scope that writes and gives nothing', () => {
    expect(scopesOfRole('viewer', 'operator').filter((scope) => scope.endsWith(':write'))).toEqual([]);
    expect(rightsOf('viewer')).toMatchObject({ gives: 'nothing', manages: [] });
  });

  test("operator-only scopes are had in the operator's account alone, and by no developer", () => {
    const operatorOnly = builtInScopes.filter((scope) => scope.operatorOnly).map(({ id }) => id as string);
    const held = (role: (typeof ROLES)[number], kind: 'operator' | 'customer') =>
      scopesOfRole(role, kind).filter((scope) => operatorOnly.includes(scope));
    for (const role of ROLES) expect(held(role, 'customer')).toEqual([]);
    expect(held('developer', 'operator')).toEqual([]);
    expect(held('admin', 'operator')).toEqual(['accounts:read', 'accounts:write', 'verifiers:read']);
  });

  test('every scope of the table is one of our own', () => {
    const known = builtInScopes.map(({ id }) => id as string);
    for (const role of ROLES) {
      for (const scope of scopesOfRole(role, 'operator')) expect(known).toContain(scope);
    }
    expect(isRole('owner')).toBe(true);
    expect(isRole('toString')).toBe(false);
  });
});
