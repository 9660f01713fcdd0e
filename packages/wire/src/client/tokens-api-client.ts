import * as z from 'zod';
import { type Validation, ValidationSchema } from '../tokens-api/answer.ts';
import type { CreateTemporaryTokenBody, CreateTokenBody, UpdateTokenBody } from '../tokens-api/body.ts';
import {
  type Scope,
  ScopeSchema,
  type TemporaryToken,
  TemporaryTokenSchema,
  type Token,
  TokenSchema,
} from '../tokens-api/token.ts';
import { type Call, isSendableToken } from './call.ts';

export interface ListTokensOptions {
  readonly default?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly sortby?: 'created' | 'modified' | undefined;
  /** `next` of the page before. */
  readonly start?: string | undefined;
  readonly usage?: 'pk' | 'sk' | undefined;
}

export interface TokensApiClient {
  /** `next` is the `start` of the page after; undefined on the last one. */
  list(account: string, options?: ListTokensOptions): Promise<{ tokens: Token[]; next: string | undefined }>;
  create(account: string, body: CreateTokenBody): Promise<Token>;
  createTemporary(account: string, body: CreateTemporaryTokenBody): Promise<TemporaryToken>;
  update(account: string, id: string, body: UpdateTokenBody): Promise<Token>;
  delete(account: string, id: string): Promise<void>;
  /** Judges `text`; the client's own token is not used. */
  validate(text: string): Promise<Validation>;
  scopes(account: string): Promise<Scope[]>;
}

/** The Tokens API. Every method rejects with `LatchkeyApiError` or `LatchkeyUnreachableError`. */
export function createTokensApiClient(call: Call, callWith: (token: string) => Call): TokensApiClient {
  const tokensOf = (account: string) => `/tokens/v2/${encodeURIComponent(account)}`;
  const tokenOf = (account: string, id: string) => `${tokensOf(account)}/${encodeURIComponent(id)}`;
  return {
    async list(account, options = {}) {
      const answer = await call('GET', tokensOf(account), z.array(TokenSchema), { query: { ...options } });
      return { tokens: answer.value, next: startOf(answer.headers.get('link')) };
    },
    async create(account, body) {
      return (await call('POST', tokensOf(account), TokenSchema, { body })).value;
    },
    async createTemporary(account, body) {
      return (await call('POST', tokensOf(account), TemporaryTokenSchema, { body })).value;
    },
    async update(account, id, body) {
      return (await call('PATCH', tokenOf(account, id), TokenSchema, { body })).value;
    },
    async delete(account, id) {
      await call<undefined>('DELETE', tokenOf(account, id), null);
    },
    async validate(text) {
      if (!isSendableToken(text)) return { code: 'TokenMalformed' };
      return (await callWith(text)('GET', '/tokens/v2', ValidationSchema)).value;
    },
    async scopes(account) {
      return (await call('GET', `/scopes/v1/${encodeURIComponent(account)}`, z.array(ScopeSchema))).value;
    },
  };
}

function startOf(link: string | null): string | undefined {
  const target = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target)) return undefined;
  return new URL(target).searchParams.get('start') ?? undefined;
}
