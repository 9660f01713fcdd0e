import type { Catalogue, Grant, GrantDimension } from '@latchkey/core';
import { contains } from '@latchkey/core';
import type { Caller } from './caller.ts';
import { givableGrant } from './caller-rights.ts';
import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './refusal.ts';

const BY_DIMENSION = {
  scopes: { code: 'scopes_invalid', field: 'scopes' },
  resources: { code: 'resources_invalid', field: 'resources' },
  addresses: { code: 'addresses_invalid', field: 'allowedAddresses' },
  applications: { code: 'applications_invalid', field: 'allowedApplications' },
  urls: { code: 'urls_invalid', field: 'allowedUrls' },
  expiry: { code: 'expires_after_creator', field: 'expires' },
} as const satisfies Record<GrantDimension, Pick<Refusal, 'code' | 'field'>>;

/** Nobody can give what they lack: refuses a grant that what the caller may give does not contain whole. */
export function refuseWider(caller: Caller, wanted: Grant, catalogue: Catalogue): Refused | undefined {
  const containment = contains(givableGrant(caller, catalogue), wanted);
  if (containment.contained) return undefined;
  const { dimension, detail } = containment;
  return refused({
    ...BY_DIMENSION[dimension],
    detail:
      caller.kind === 'token'
        ? `The caller's token cannot give what it lacks. ${detail}`
        : `The role ${caller.role} cannot give this in this account. ${detail}`,
  });
}
