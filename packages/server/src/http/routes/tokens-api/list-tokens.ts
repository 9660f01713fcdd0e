import { LIST_DEFAULT_LIMIT, ListTokensQuerySchema, TokenSchema } from '@latchkey/wire/tokens-api';
import * as z from 'zod';
import { listTokens } from '../../../tokens/list-tokens.ts';
import { tokensApiEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { tokensApiFailure } from '../../refusal-failure.ts';
import { tokenView } from '../../token-view.ts';
import { byToken } from '../../use-view.ts';

export const listTokensEndpoint = tokensApiEndpoint({
  method: 'get',
  path: '/tokens/v2/{account}',
  operationId: 'listTokens',
  summary: 'List tokens',
  description: 'Newest first. `Link: <…>; rel="next"` is there only when more follows.',
  requires: ['tokens:read'],
  query: ListTokensQuerySchema,
  success: { status: 200, schema: z.array(TokenSchema), description: 'A page of tokens.' },
  async handle(deps, caller, { params, query, baseUrl }) {
    const { account = '' } = params;
    const { limit = LIST_DEFAULT_LIMIT, usage, sortby, start } = query;
    const outcome = await listTokens(deps, caller, {
      account,
      usages: usage === undefined ? undefined : [usage],
      default: query.default,
      sortBy: sortby,
      start,
      limit,
    });
    if (!outcome.ok) return tokensApiFailure(outcome.refusal);
    const { rows, next } = outcome.value;
    const uses = byToken(await deps.store.lastUses(rows.map(({ id }) => id)));
    const body = rows.map((row) => tokenView(row, { uses: uses.get(row.id) }));
    if (next === null) return answer(200, body);
    // The caller's token is left out: clients add it themselves, and a link is copied and logged.
    const target = new URL(`${baseUrl}/tokens/v2/${account}`);
    const kept = { default: query.default, limit: query.limit, sortby, usage, start: next };
    for (const [name, value] of Object.entries(kept)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    return answer(200, body, { link: `<${target.href}>; rel="next"` });
  },
});
