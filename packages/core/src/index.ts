export type { CheckRequest, Sighting } from './decision/check-request.ts';
export { checkRequest } from './decision/check-request-decision.ts';
export { decide } from './decision/decide.ts';
export type { Allowed, Decision, Denied, Policy, TokenSource } from './decision/decision.ts';
export { deny } from './decision/deny.ts';
export type { DenyReason } from './decision/deny-reason.ts';
export { isPreflight } from './decision/is-preflight.ts';
export { readHttpRequest, readQueryToken } from './decision/read-http-request.ts';
export { readTokenText } from './decision/read-token-text.ts';
export type { Refusal, RefusalBody, RefusalHelp } from './decision/refusal.ts';
export { refusalBody, refusalHelp, refusalOf } from './decision/refusal.ts';
export type { RefusalRow } from './decision/refusal-table.ts';
export { refusalTable } from './decision/refusal-table.ts';
export type { Trace, TraceCheck, TraceStep } from './decision/trace.ts';
export { traceRequest } from './decision/trace-decision.ts';
export { originForm, withoutQueryToken } from './decision/without-query-token.ts';
export type { Containment, GrantDimension } from './grant/contains.ts';
export { contains } from './grant/contains.ts';
export type { Grant } from './grant/grant.ts';
export type { Role, RoleRights } from './member/role.ts';
export { isRole, managesRole, ROLE_RIGHTS, ROLES, scopesOfRole } from './member/role.ts';
export type { StepUpClass } from './member/step-up.ts';
export { STEP_UP_CLASSES, STEP_UP_MINUTES } from './member/step-up.ts';
export type { AddressRange } from './restriction/address-range.ts';
export { parseAddressRange } from './restriction/address-range.ts';
export { parseApplication } from './restriction/app-identity.ts';
export type { AppIdentity } from './restriction/application.ts';
export { canonicalPath } from './restriction/canonical-path.ts';
export type { CompiledRestrictions } from './restriction/compile-restrictions.ts';
export { compileRestrictions, NO_RESTRICTIONS, restrictToUrls } from './restriction/compile-restrictions.ts';
export type { Origin } from './restriction/origin.ts';
export { formatOrigin, readOrigin } from './restriction/origin.ts';
export { parseResourcePrefix } from './restriction/resource-prefix.ts';
export type { ForeignRestriction, Restriction } from './restriction/restriction.ts';
export type { RestrictionFault } from './restriction/restriction-fault.ts';
export type { IndexedUrlEntryFault, ParsedUrlEntries } from './restriction/url-entries.ts';
export { parseUrlEntries, splitUrlField, URL_ENTRIES_LIMIT } from './restriction/url-entries.ts';
export type { ParsedUrlEntry, UrlEntryOptions } from './restriction/url-entry.ts';
export { parseAppScheme, parseUrlEntry } from './restriction/url-entry.ts';
export type { UrlEntryFault, UrlEntryFaultCode } from './restriction/url-entry-fault.ts';
export type { UrlRule } from './restriction/url-rule.ts';
export { readUrlRule } from './restriction/url-rule.ts';
export type { UrlWarning, UrlWarningCode } from './restriction/url-warning.ts';
export { describeUrlWarning } from './restriction/url-warning.ts';
export type { Catalogue, CatalogueScope } from './scope/catalogue.ts';
export { makeCatalogue } from './scope/catalogue.ts';
export { builtInScopes, defaultCatalogue, withBuiltInScopes } from './scope/default-catalogue.ts';
export type { ParsedGrant } from './scope/parse-grant.ts';
export { parseGrant } from './scope/parse-grant.ts';
export type { Scope } from './scope/scope.ts';
export { parseScope } from './scope/scope.ts';
export { usageOf } from './scope/usage-of.ts';
export type { RouteProblem } from './service/route-problems.ts';
export { findRouteProblems } from './service/route-problems.ts';
export type { RouteMatch, RouteTable } from './service/route-table.ts';
export { buildRouteTable } from './service/route-table.ts';
export type { RouteDefinition, ServiceDefinition } from './service/service-definition.ts';
export type { AccountName } from './token/account-name.ts';
export { parseAccountName } from './token/account-name.ts';
export type { TokenId } from './token/token-id.ts';
export { makeTokenId, parseTokenId, TOKEN_ID_RANDOM_BYTES } from './token/token-id.ts';
export type { AccountState, TokenRecord, TokenUsage } from './token/token-record.ts';
export type {
  ParsedLastingToken,
  ParsedTemporaryToken,
  ParsedTokenText,
  TokenTextParts,
} from './token/token-text.ts';
export {
  formatTokenText,
  MAX_TOKEN_TEXT_LENGTH,
  parseTokenText,
  recogniseTokenText,
  SIGNATURE_BYTES,
} from './token/token-text.ts';
export { EXPOSURES_LIMIT, type UsageExposure } from './usage/exposures.ts';
export { originName } from './usage/origin-name.ts';
export { OTHER, outcomeOf, UNNAMED_SERVICE, type UsageOutcome } from './usage/outcome.ts';
export type { TokenIdentity } from './usage/token-identity.ts';
export type { UsageCounter, UsageRows, UsageSource } from './usage/usage-rows.ts';
export { usageRows } from './usage/usage-rows.ts';
export type { UsageTable } from './usage/usage-table.ts';
export type { CountedDecision, CountedPolicy, UsageTally } from './usage/usage-tally.ts';
export { createUsageTally } from './usage/usage-tally.ts';
