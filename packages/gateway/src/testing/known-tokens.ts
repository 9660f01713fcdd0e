import { createHash } from 'node:crypto';
import { checkRequest } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import { recordSource, type WrittenRecord } from '../../../core/src/decision/testing/record-source.ts';

/** Texts of tokens that {@link knownTokens} knows. */
export const TOKENS = {
  secret: tokenText('sk', 1),
  public: tokenText('pk', 2),
  revoked: tokenText('pk', 3),
} as const;

/** Whose tokens they are, and what they may. */
export const IDENTITY = {
  'latchkey-account': ['acme'],
  'latchkey-token-id': ['c0001xxxxxxxxxxxxxxxxxxxx'],
  'latchkey-usage': ['sk'],
  'latchkey-scopes': ['maps:read maps:write'],
} as const;

/** A verifier that decides as any does, over the tokens of a test. What it is told is revoked, is refused from then on. */
export function knownTokens(): Pick<Verifier, 'verify'> & { revoke(text: string): void } {
  let source = recordSource(records(new Set([TOKENS.revoked])));
  return {
    verify: (request, policy) => checkRequest(request, policy, source, Date.parse('2026-11-23T12:00:00Z')),
    revoke(text) {
      source = recordSource(records(new Set([TOKENS.revoked, text])));
    },
  };
}

function records(revoked: ReadonlySet<string>): WrittenRecord[] {
  return Object.values(TOKENS).map((text, index) => ({
    id: tokenId(index + 1),
    digest: createHash('sha256').update(text).digest('base64url'),
    status: revoked.has(text) ? 'revoked' : 'active',
    revision: index,
    account: 'acme',
    usage: text.slice(0, 2),
    scopes: text.startsWith('sk') ? ['maps:read', 'maps:write'] : ['maps:read'],
  }));
}

function tokenText(usage: 'sk' | 'pk', index: number): string {
  const payload = Buffer.from(JSON.stringify({ u: 'acme', a: tokenId(index) })).toString('base64url');
  return `${usage}.${payload}.${String(index).padStart(22, 'A')}`;
}

function tokenId(index: number): string {
  return `c${String(index).padStart(4, '0')}${'x'.repeat(20)}`;
}
