import type { Grant, GrantDimension } from '@latchkey/core';
import { contains } from '@latchkey/core';
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

/** Nobody can give what they lack: refuses a grant that the creator's does not contain whole. */
export function refuseWider(creator: Grant, wanted: Grant): Refused | undefined {
  const containment = contains(creator, wanted);
  if (containment.contained) return undefined;
  const { dimension, detail } = containment;
  return refused({
    ...BY_DIMENSION[dimension],
    detail: `The caller's token cannot give what it lacks. ${detail}`,
  });
}
