import { type DenyReason, type RefusalRow, refusalTable } from '@latchkey/core';

export interface ReasonText {
  readonly sentence: string;
  readonly fix: string;
}

const pick = ({ sentence, fix }: RefusalRow): ReasonText => ({ sentence, fix });

/** Why a request is refused, and what helps; `{scope}` stands for the scope that is lacking. The English is core's own. */
export const reasons = {
  no_token: pick(refusalTable.no_token),
  malformed_request: pick(refusalTable.malformed_request),
  malformed_token: pick(refusalTable.malformed_token),
  secret_in_query: pick(refusalTable.secret_in_query),
  unknown_token: pick(refusalTable.unknown_token),
  bad_record: pick(refusalTable.bad_record),
  revoked: pick(refusalTable.revoked),
  expired: pick(refusalTable.expired),
  replica_stale: pick(refusalTable.replica_stale),
  account_suspended: pick(refusalTable.account_suspended),
  unsupported_restriction: pick(refusalTable.unsupported_restriction),
  insufficient_scope: pick(refusalTable.insufficient_scope),
  resource_not_allowed: pick(refusalTable.resource_not_allowed),
  origin_opaque: pick(refusalTable.origin_opaque),
  evidence_missing: pick(refusalTable.evidence_missing),
  evidence_malformed: pick(refusalTable.evidence_malformed),
  path_not_visible: pick(refusalTable.path_not_visible),
  url_not_allowed: pick(refusalTable.url_not_allowed),
  application_not_allowed: pick(refusalTable.application_not_allowed),
  address_not_allowed: pick(refusalTable.address_not_allowed),
  rate_limited: pick(refusalTable.rate_limited),
} satisfies Record<DenyReason, ReasonText>;
