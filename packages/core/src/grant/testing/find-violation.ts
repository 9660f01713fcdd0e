import { decide } from '../../decision/decide.ts';
import { compileRestrictions } from '../../restriction/compile-restrictions.ts';
import { parseAccountName } from '../../token/account-name.ts';
import { parseTokenId } from '../../token/token-id.ts';
import type { TokenRecord } from '../../token/token-record.ts';
import type { Grant } from '../grant.ts';
import type { Use, World } from './worlds.ts';

/** A child that is said to be contained, and a use in which it can do what its parent cannot. */
export interface Violation {
  readonly parent: Grant;
  readonly child: Grant;
  readonly use: Use;
}

/** Tries every parent with every child in every use; undefined: the guarantee of `contains` holds in this world. */
export function findViolation(
  { grants, uses }: World,
  isContained: (parent: Grant, child: Grant) => boolean,
): Violation | undefined {
  const admitted = grants.map((grant) => uses.map((use) => admits(grant, use)));
  for (const [p, parent] of grants.entries()) {
    for (const [c, child] of grants.entries()) {
      if (!isContained(parent, child)) continue;
      const surplus = uses.find((_, at) => admitted[c]?.[at] === true && admitted[p]?.[at] !== true);
      if (surplus !== undefined) return { parent, child, use: surplus };
    }
  }
  return undefined;
}

/** What the decision says of a token with this grant. */
export function admits(grant: Grant, { request, requires, now }: Use): boolean {
  const policy = { requires, secretInQuery: 'flag', publicOrigin: 'https://api.example.net' } as const;
  return decide(recordOf(grant), request, policy, now).allow;
}

export function recordOf({ scopes, restrictions, expires }: Grant): TokenRecord {
  const id = parseTokenId('c0123456789abcdefghijklmn');
  const name = parseAccountName('acme');
  if (id === undefined || name === undefined) throw new TypeError('the test wants names that parse');
  return {
    id,
    account: { name, suspended: false },
    usage: 'sk',
    revoked: false,
    bad: undefined,
    scopes,
    restrictions: compileRestrictions(restrictions),
    expires: expires ?? Number.POSITIVE_INFINITY,
    revision: 1,
  };
}
