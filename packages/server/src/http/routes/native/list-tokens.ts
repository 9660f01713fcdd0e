import { ListNativeTokensQuerySchema, NativeTokenPageSchema } from '@latchkey/wire/native';
import { LIST_DEFAULT_LIMIT } from '@latchkey/wire/tokens-api';
import { listTokens } from '../../../tokens/list-tokens.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { replacementsOf } from '../../rotation-view.ts';
import { nativeTokenView } from '../../token-view.ts';
import { byToken } from '../../use-view.ts';

export const listNativeTokensEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/tokens',
  operationId: 'listNativeTokens',
  summary: 'List tokens',
  description: "Those of the caller's account, newest first; temporary ones where `usage=tk` asks for them.",
  requires: ['tokens:read'],
  query: ListNativeTokensQuerySchema,
  success: { status: 200, schema: NativeTokenPageSchema, description: 'A page of tokens.' },
  async handle(deps, caller, { query }) {
    const {
      cursor: start,
      limit = LIST_DEFAULT_LIMIT,
      usage,
      status,
      scope,
      text: search,
      sortby: sortBy,
    } = query;
    const outcome = await listTokens(deps, caller, {
      account: caller.account.name,
      usages: usage === undefined ? undefined : [usage],
      status,
      default: query.default,
      scope,
      search,
      unusedDays: query.unusedDays,
      exposed: query.exposed,
      anywhere: query.anywhere,
      sortBy,
      start,
      limit,
    });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { rows, next } = outcome.value;
    const now = deps.now();
    const replacements = await replacementsOf(deps, rows);
    const uses = byToken(await deps.store.lastUses(rows.map(({ id }) => id)));
    const items = rows.map((row) =>
      nativeTokenView(row, now, { rotation: replacements.get(row.id), uses: uses.get(row.id) }),
    );
    return answer(200, { items, next });
  },
});
