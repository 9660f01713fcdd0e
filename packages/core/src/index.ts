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
export type { Containment, GrantDimension } from './grant/contains.ts';
export { contains } from './grant/contains.ts';
export type { Grant } from './grant/grant.ts';
export type { AppIdentity } from './restriction/application.ts';
export type { CompiledRestrictions } from './restriction/compile-restrictions.ts';
export { compileRestrictions, NO_RESTRICTIONS } from './restriction/compile-restrictions.ts';
export type { ForeignRestriction, Restriction } from './restriction/restriction.ts';
export type { Catalogue, CatalogueScope } from './scope/catalogue.ts';
export { makeCatalogue } from './scope/catalogue.ts';
export { builtInScopes, defaultCatalogue, withBuiltInScopes } from './scope/default-catalogue.ts';
export type { ParsedGrant } from './scope/parse-grant.ts';
export { parseGrant } from './scope/parse-grant.ts';
export type { Scope } from './scope/scope.ts';
export { parseScope } from './scope/scope.ts';
export { usageOf } from './scope/usage-of.ts';
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
