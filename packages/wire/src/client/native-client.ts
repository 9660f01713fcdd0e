import {
  type Account,
  type AccountPage,
  AccountPageSchema,
  AccountSchema,
  type CreateAccountBody,
  type CreatedAccount,
  CreatedAccountSchema,
  type ListAccountsQuery,
} from '../native/account.ts';
import { type AuditPage, AuditPageSchema, type ListAuditQuery } from '../native/audit.ts';
import {
  type ScopeCatalogue,
  ScopeCatalogueSchema,
  type Services,
  ServicesSchema,
} from '../native/catalogue.ts';
import { type AnyExplainBody, type Explanation, ExplanationSchema } from '../native/explain.ts';
import { type Revocations, RevocationsSchema, type RevokeTokensBody } from '../native/revocations.ts';
import {
  type ChangeRotationBody,
  type RotatedToken,
  RotatedTokenSchema,
  type RotateTokenBody,
  type Rotation,
  RotationSchema,
  type UndoRotationQuery,
} from '../native/rotation.ts';
import {
  type CreateNativeTokenBody,
  type ListNativeTokensQuery,
  type NativeToken,
  type NativeTokenPage,
  NativeTokenPageSchema,
  NativeTokenSchema,
  type UpdateNativeTokenBody,
} from '../native/token.ts';
import { type CheckedUrls, CheckedUrlsSchema, type CheckUrlsBody } from '../native/url-check.ts';
import {
  type TokenUsers,
  TokenUsersSchema,
  type Usage,
  type UsageQueryInput,
  UsageSchema,
} from '../native/usage.ts';
import {
  type Receipt,
  ReceiptSchema,
  type TokenReceipt,
  TokenReceiptSchema,
  type Verifiers,
  VerifiersSchema,
} from '../native/verifier.ts';
import type { Call } from './call.ts';
import { createMemberClient, type MemberClient } from './member-client.ts';
import { createPersonClient, type PersonClient } from './person-client.ts';
import { createSessionClient, type SessionClient } from './session-client.ts';

export interface CreateOptions {
  /** The same key for the same call gives the same token, and its secret never a second time. */
  readonly idempotencyKey?: string | undefined;
}

export interface WaitOptions {
  /** Holds the answer until every verifier has applied the change or cannot decide any more, so long at most; 0 to 30. */
  readonly waitSeconds?: number | undefined;
}

export interface Revoked {
  /** Of the change: its receipt tells who has applied it. */
  readonly revision: number;
  /** Verifiers that may still decide without it; undefined: it was not asked for. */
  readonly pending: number | undefined;
}

export interface RevokedMany extends Revocations {
  /** Of the last change; undefined: nothing was changed. */
  readonly revision: number | undefined;
  /** Verifiers that may still decide without it; undefined: it was not asked for. */
  readonly pending: number | undefined;
}

export interface Rotated {
  /** With its text, where it was not told before. */
  readonly successor: RotatedToken;
  /** Verifiers that may still decide without it; undefined: it was not asked for. */
  readonly pending: number | undefined;
}

export interface NativeClient {
  readonly accounts: {
    create(body: CreateAccountBody, options?: CreateOptions): Promise<CreatedAccount>;
    list(query?: ListAccountsQuery): Promise<AccountPage>;
    get(name: string): Promise<Account>;
    suspend(name: string): Promise<Account>;
    resume(name: string): Promise<Account>;
  };
  /** Tokens of the account that the client's own token belongs to. */
  readonly tokens: {
    create(body: CreateNativeTokenBody, options?: CreateOptions): Promise<NativeToken>;
    list(query?: ListNativeTokensQuery): Promise<NativeTokenPage>;
    get(id: string): Promise<NativeToken>;
    update(id: string, body: UpdateNativeTokenBody): Promise<NativeToken>;
    revoke(id: string, options?: WaitOptions): Promise<Revoked>;
    /** Many at once; with `dryRun` none, and the answer tells what would be stopped. */
    revokeMany(body: RevokeTokensBody, options?: WaitOptions): Promise<RevokedMany>;
    /** Tries URL entries: nothing is stored. */
    checkUrls(body: CheckUrlsBody): Promise<CheckedUrls>;
    /** Makes a successor; the old one works until it is retired. */
    rotate(id: string, body?: RotateTokenBody, options?: CreateOptions & WaitOptions): Promise<Rotated>;
    /** Of either token. */
    rotation(id: string): Promise<Rotation>;
    /** Another grace time, counted from now. */
    changeRotation(id: string, body: ChangeRotationBody): Promise<Rotation>;
    /** Of the last change of what it may do. */
    receipt(id: string): Promise<TokenReceipt>;
    /** The old token stays, and is the answer. */
    undoRotation(id: string, query?: UndoRotationQuery): Promise<NativeToken>;
  };
  /** What belongs to the person in front of the browser: for pages of the server itself. */
  readonly session: SessionClient;
  readonly person: PersonClient;
  readonly members: MemberClient;
  audit(query?: ListAuditQuery): Promise<AuditPage>;
  services(): Promise<Services>;
  scopes(): Promise<ScopeCatalogue>;
  explain(body: AnyExplainBody): Promise<Explanation>;
  usage(query?: UsageQueryInput): Promise<Usage>;
  /** Who used a token of the account in the last days. */
  tokenUsers(id: string, query?: { readonly days?: number | undefined }): Promise<TokenUsers>;
  verifiers(): Promise<Verifiers>;
  /** Of the change with this revision. */
  receipt(revision: number): Promise<Receipt>;
}

/** The native API. Every method rejects with `LatchkeyApiError` or `LatchkeyUnreachableError`. */
export function createNativeClient(call: Call): NativeClient {
  const accountOf = (name: string) => `/v1/accounts/${encodeURIComponent(name)}`;
  const tokenOf = (id: string) => `/v1/tokens/${encodeURIComponent(id)}`;
  return {
    accounts: {
      create: async (body, options = {}) =>
        (await call('POST', '/v1/accounts', CreatedAccountSchema, { body, ...options })).value,
      list: async (query) => (await call('GET', '/v1/accounts', AccountPageSchema, { query })).value,
      get: async (name) => (await call('GET', accountOf(name), AccountSchema)).value,
      suspend: async (name) => (await call('POST', `${accountOf(name)}/suspend`, AccountSchema)).value,
      resume: async (name) => (await call('POST', `${accountOf(name)}/resume`, AccountSchema)).value,
    },
    tokens: {
      create: async (body, options = {}) =>
        (await call('POST', '/v1/tokens', NativeTokenSchema, { body, ...options })).value,
      list: async (query) => (await call('GET', '/v1/tokens', NativeTokenPageSchema, { query })).value,
      get: async (id) => (await call('GET', tokenOf(id), NativeTokenSchema)).value,
      update: async (id, body) => (await call('PATCH', tokenOf(id), NativeTokenSchema, { body })).value,
      revoke: async (id, options = {}) => {
        const { headers } = await call<undefined>('DELETE', tokenOf(id), null, options);
        return { revision: Number(headers.get('latchkey-revision')), pending: pendingOf(headers) };
      },
      revokeMany: async (body, options = {}) => {
        const path = '/v1/tokens/revocations';
        const { value, headers } = await call('POST', path, RevocationsSchema, { body, ...options });
        const revision = headers.get('latchkey-revision');
        const last = revision === null ? undefined : Number(revision);
        return { ...value, revision: last, pending: pendingOf(headers) };
      },
      checkUrls: async (body) => (await call('POST', '/v1/urls/check', CheckedUrlsSchema, { body })).value,
      rotate: async (id, body = {}, options = {}) => {
        const path = `${tokenOf(id)}/rotate`;
        const { value, headers } = await call('POST', path, RotatedTokenSchema, { body, ...options });
        return { successor: value, pending: pendingOf(headers) };
      },
      receipt: async (id) => (await call('GET', `${tokenOf(id)}/receipt`, TokenReceiptSchema)).value,
      rotation: async (id) => (await call('GET', `${tokenOf(id)}/rotation`, RotationSchema)).value,
      changeRotation: async (id, body) =>
        (await call('PATCH', `${tokenOf(id)}/rotation`, RotationSchema, { body })).value,
      undoRotation: async (id, query) =>
        (await call('DELETE', `${tokenOf(id)}/rotation`, NativeTokenSchema, { query })).value,
    },
    session: createSessionClient(call),
    person: createPersonClient(call),
    members: createMemberClient(call),
    audit: async (query) => (await call('GET', '/v1/audit', AuditPageSchema, { query })).value,
    services: async () => (await call('GET', '/v1/services', ServicesSchema, { anonymous: true })).value,
    scopes: async () => (await call('GET', '/v1/scopes', ScopeCatalogueSchema, { anonymous: true })).value,
    verifiers: async () => (await call('GET', '/v1/verifiers', VerifiersSchema)).value,
    receipt: async (revision) => (await call('GET', `/v1/receipts/${revision}`, ReceiptSchema)).value,
    usage: async (query = {}) => (await call('GET', '/v1/usage', UsageSchema, { query })).value,
    tokenUsers: async (id, query = {}) =>
      (await call('GET', `/v1/tokens/${encodeURIComponent(id)}/users`, TokenUsersSchema, { query })).value,
    explain: async (body) => (await call('POST', '/v1/explain', ExplanationSchema, { body })).value,
  };
}

function pendingOf(headers: Headers): number | undefined {
  const pending = headers.get('latchkey-pending');
  return pending === null ? undefined : Number(pending);
}
