import { TokenUsersSchema } from '@latchkey/wire/native';
import * as z from 'zod';
import { tokenUsers } from '../../../usage/token-users.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { lastUseView } from '../../use-view.ts';

const USUAL_DAYS = 30;

export const listTokenUsersEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/tokens/{id}/users',
  operationId: 'listTokenUsers',
  summary: 'Who uses a token',
  description:
    'From where and with what a token was used in the last days, allowed and refused, as verifiers reported it. Needs `tokens:read` too.',
  requires: ['statistics:read', 'tokens:read'],
  query: z.object({
    days: z
      .string()
      .regex(/^[0-9]{1,3}$/)
      .transform(Number)
      .pipe(z.number().int().min(1).max(500))
      .optional()
      .meta({ type: 'integer', minimum: 1, maximum: 500, default: USUAL_DAYS }),
  }),
  success: { status: 200, schema: TokenUsersSchema, description: 'At most 200.' },
  async handle(deps, caller, { params, query }) {
    const outcome = await tokenUsers(deps, caller, { id: params.id ?? '', days: query.days ?? USUAL_DAYS });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { token, uses, since, users } = outcome.value;
    return answer(200, {
      token: token.id,
      ...lastUseView(uses),
      since: isoTime(since),
      users: users.map(({ lastAt, ...user }) => ({ ...user, at: isoTime(lastAt) })),
    });
  },
});
