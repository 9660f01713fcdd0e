import {
  type ProblemCode,
  REVOCATIONS_LIMIT,
  type Revocations,
  RevocationsSchema,
  type RevokeTokensBody,
  RevokeTokensBodySchema,
} from '@latchkey/wire/native';
import type { UseRow } from '../../../store/usage-store.ts';
import { type RevokedTokens, revokeTokens } from '../../../tokens/revoke-tokens.ts';
import type { TokenSelection } from '../../../tokens/select-tokens.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { byToken, lastUseView } from '../../use-view.ts';

const IN_USE_MS = 7 * 24 * 3600 * 1000;
const USERS_LIMIT = 50;

export const revokeTokensEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/tokens/revocations',
  operationId: 'revokeTokens',
  summary: 'Revoke many tokens',
  description:
    'Those of `ids`, or those that `filter` fits. With `dryRun` it tells what that would stop: who was let in with them, and when last.',
  requires: ['tokens:read', 'tokens:write'],
  counts: 'account',
  body: RevokeTokensBodySchema,
  success: { status: 200, schema: RevocationsSchema, description: 'What is revoked, or would be.' },
  async handle(deps, caller, { body }) {
    const selection = selectionOf(body);
    if (selection === undefined) {
      const detail = 'Send ids, or a filter with at least one field; not both.';
      return fail<ProblemCode>('body_invalid', { field: body.ids === undefined ? 'filter' : 'ids', detail });
    }
    const { dryRun = false, expected } = body;
    const input = { selection, dryRun, expected, limit: REVOCATIONS_LIMIT };
    const outcome = await revokeTokens(deps, caller, input);
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const view = revocationsView(outcome.value, { dryRun, now: deps.now() });
    return answer(200, view, revisionHeader(outcome.revision));
  },
});

function selectionOf({ ids, filter }: RevokeTokensBody): TokenSelection | undefined {
  if (ids !== undefined) return filter === undefined ? { ids } : undefined;
  if (filter === undefined || Object.values(filter).every((value) => value === undefined)) return undefined;
  const { text, usage, ...rest } = filter;
  return { filter: { ...rest, search: text, usages: usage === undefined ? undefined : [usage] } };
}

function revocationsView(
  { rows, more, temporary, uses, skipped }: RevokedTokens,
  { dryRun, now }: { readonly dryRun: boolean; readonly now: number },
): Revocations {
  const lastOf = byToken(uses);
  const lastAt = (id: string) => lastOf.get(id)?.find(({ kind }) => kind === 'allowed')?.at ?? 0;
  const sorted = rows.toSorted((one, other) => lastAt(other.id) - lastAt(one.id));
  return {
    dryRun,
    count: rows.length,
    more,
    temporary,
    inUse: rows.filter(({ id }) => lastAt(id) > now - IN_USE_MS).length,
    tokens: sorted.map(({ id, usage, note, isDefault }) => ({
      id,
      usage,
      note,
      default: isDefault,
      ...lastUseView(lastOf.get(id) ?? []),
    })),
    users: usersOf(
      uses.filter(({ kind, token }) => kind === 'allowed' && rows.some(({ id }) => id === token)),
    ),
    skipped: [...skipped],
  };
}

/** Uses by the same page, client and service are one user. */
function usersOf(uses: readonly UseRow[]): Revocations['users'] {
  const users = new Map<string, { use: UseRow; tokens: number; lastAt: number }>();
  for (const use of uses) {
    const key = JSON.stringify([use.origin, use.client, use.service]);
    const known = users.get(key);
    users.set(key, {
      use,
      tokens: (known?.tokens ?? 0) + 1,
      lastAt: Math.max(known?.lastAt ?? 0, use.at),
    });
  }
  return [...users.values()]
    .sort((one, other) => other.lastAt - one.lastAt)
    .slice(0, USERS_LIMIT)
    .map(({ use: { origin, client, service }, tokens, lastAt }) => ({
      origin,
      client,
      service,
      tokens,
      lastUsed: isoTime(lastAt),
    }));
}
