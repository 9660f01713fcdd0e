import { NativeTokenSchema } from '@latchkey/wire/native';
import type { AuditActor, TokenRow } from '../../../store/rows.ts';
import type { AuditStore } from '../../../store/store.ts';
import { getToken } from '../../../tokens/get-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { nativeTokenView } from '../../token-view.ts';

export const getNativeTokenEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/tokens/{id}',
  operationId: 'getNativeToken',
  summary: 'Get a token',
  description: "One of the caller's account, revoked ones too.",
  requires: ['tokens:read'],
  success: { status: 200, schema: NativeTokenSchema, description: 'The token.' },
  async handle(deps, caller, { params }) {
    const outcome = await getToken(deps, caller, { account: caller.account.name, id: params.id ?? '' });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { id } = outcome.value;
    const [rotation] = await deps.store.rotationsOf([id]);
    const uses = await deps.store.lastUses([id]);
    const actor = await creatorOf(deps.store, outcome.value);
    const view = nativeTokenView(outcome.value, deps.now(), { rotation, uses });
    return answer(200, actor === undefined ? view : { ...view, createdBy: { ...actor } });
  },
});

/** Undefined: the log does not reach back so far. */
async function creatorOf(
  store: Pick<AuditStore, 'auditRows'>,
  { account, id }: TokenRow,
): Promise<AuditActor | undefined> {
  const action = 'token.create';
  const [made] = await store.auditRows({ account, subject: id, action, before: null, limit: 1 });
  return made?.actor;
}
