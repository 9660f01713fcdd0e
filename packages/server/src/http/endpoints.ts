import { changeRotationEndpoint } from './routes/native/change-rotation.ts';
import { checkUrlsEndpoint } from './routes/native/check-urls.ts';
import { createAccountEndpoint } from './routes/native/create-account.ts';
import { createNativeTokenEndpoint } from './routes/native/create-token.ts';
import { explainEndpoint } from './routes/native/explain.ts';
import { getAccountEndpoint } from './routes/native/get-account.ts';
import { getMetricsEndpoint } from './routes/native/get-metrics.ts';
import { getReceiptEndpoint } from './routes/native/get-receipt.ts';
import { getRotationEndpoint } from './routes/native/get-rotation.ts';
import { getNativeTokenEndpoint } from './routes/native/get-token.ts';
import { getTokenReceiptEndpoint } from './routes/native/get-token-receipt.ts';
import { getUsageEndpoint } from './routes/native/get-usage.ts';
import {
  inviteEndpoint,
  listInvitationsEndpoint,
  takeBackInvitationEndpoint,
} from './routes/native/invitations.ts';
import { listAccountsEndpoint } from './routes/native/list-accounts.ts';
import { listAuditEndpoint } from './routes/native/list-audit.ts';
import { listScopeCatalogueEndpoint } from './routes/native/list-scope-catalogue.ts';
import { listServicesEndpoint } from './routes/native/list-services.ts';
import { listTokenUsersEndpoint } from './routes/native/list-token-users.ts';
import { listNativeTokensEndpoint } from './routes/native/list-tokens.ts';
import { listVerifiersEndpoint } from './routes/native/list-verifiers.ts';
import { changeMemberEndpoint, listMembersEndpoint, removeMemberEndpoint } from './routes/native/members.ts';
import { resumeAccountEndpoint } from './routes/native/resume-account.ts';
import { revokeNativeTokenEndpoint } from './routes/native/revoke-token.ts';
import { revokeTokensEndpoint } from './routes/native/revoke-tokens.ts';
import { rotateTokenEndpoint } from './routes/native/rotate-token.ts';
import { suspendAccountEndpoint } from './routes/native/suspend-account.ts';
import { undoRotationEndpoint } from './routes/native/undo-rotation.ts';
import { updateNativeTokenEndpoint } from './routes/native/update-token.ts';
import { createTokenEndpoint } from './routes/tokens-api/create-token.ts';
import { deleteTokenEndpoint } from './routes/tokens-api/delete-token.ts';
import { getStatisticsEndpoint } from './routes/tokens-api/get-statistics.ts';
import { listScopesEndpoint } from './routes/tokens-api/list-scopes.ts';
import { listTokensEndpoint } from './routes/tokens-api/list-tokens.ts';
import { updateTokenEndpoint } from './routes/tokens-api/update-token.ts';
import { validateTokenEndpoint } from './routes/tokens-api/validate-token.ts';

/** The Tokens API: what existing clients know. This list is what is served, documented and tested. */
export const tokensApiEndpoints = [
  validateTokenEndpoint,
  listTokensEndpoint,
  createTokenEndpoint,
  updateTokenEndpoint,
  deleteTokenEndpoint,
  listScopesEndpoint,
  getStatisticsEndpoint,
] as const;

/** The native API: everything else. */
export const nativeEndpoints = [
  createAccountEndpoint,
  listAccountsEndpoint,
  getAccountEndpoint,
  suspendAccountEndpoint,
  resumeAccountEndpoint,
  createNativeTokenEndpoint,
  listNativeTokensEndpoint,
  getNativeTokenEndpoint,
  updateNativeTokenEndpoint,
  revokeNativeTokenEndpoint,
  revokeTokensEndpoint,
  checkUrlsEndpoint,
  rotateTokenEndpoint,
  getRotationEndpoint,
  changeRotationEndpoint,
  undoRotationEndpoint,
  listMembersEndpoint,
  changeMemberEndpoint,
  removeMemberEndpoint,
  inviteEndpoint,
  listInvitationsEndpoint,
  takeBackInvitationEndpoint,
  getUsageEndpoint,
  listTokenUsersEndpoint,
  getTokenReceiptEndpoint,
  listAuditEndpoint,
  explainEndpoint,
  listVerifiersEndpoint,
  getMetricsEndpoint,
  getReceiptEndpoint,
  listServicesEndpoint,
  listScopeCatalogueEndpoint,
] as const;
