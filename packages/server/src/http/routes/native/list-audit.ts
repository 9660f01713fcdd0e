import {
  type AuditEntry,
  AuditPageSchema,
  ListAuditQuerySchema,
  type ProblemCode,
} from '@latchkey/wire/native';
import { LIST_DEFAULT_LIMIT } from '@latchkey/wire/tokens-api';
import { listAudit } from '../../../audit/list-audit.ts';
import type { AuditRow } from '../../../store/rows.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime, parseIsoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';

const SEQUENCE = /^[1-9][0-9]{0,14}$/;

export const listAuditEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/audit',
  operationId: 'listAudit',
  summary: 'List the audit log',
  description: 'Newest first.',
  requires: ['audit:read'],
  query: ListAuditQuerySchema,
  success: { status: 200, schema: AuditPageSchema, description: 'A page of the log.' },
  async handle(deps, caller, { query }) {
    const { cursor, limit = LIST_DEFAULT_LIMIT, account, subject, action, actor } = query;
    if (cursor !== undefined && !SEQUENCE.test(cursor)) {
      const detail = 'cursor must be "next" of the page before.';
      return fail<ProblemCode>('start_invalid', { field: 'cursor', detail });
    }
    const since = timeOf(query.since);
    const until = timeOf(query.until);
    if (since === 'wrong' || until === 'wrong') {
      const field = since === 'wrong' ? 'since' : 'until';
      return fail<ProblemCode>('query_invalid', { field, detail: `${field} must be an ISO 8601 time.` });
    }
    const before = cursor === undefined ? undefined : Number(cursor);
    const input = { account, subject, action, actor, since, until, before, limit };
    const outcome = await listAudit(deps, caller, input);
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { rows, next } = outcome.value;
    return answer(200, { items: rows.map(auditView), next: next === null ? null : String(next) });
  },
});

function timeOf(text: string | undefined): number | undefined | 'wrong' {
  return text === undefined ? undefined : (parseIsoTime(text) ?? 'wrong');
}

function auditView(row: AuditRow): AuditEntry {
  const { sequence, at, actor, action, account, subject, before, after, requestId } = row;
  return {
    sequence,
    at: isoTime(at),
    actor: { ...actor },
    action,
    account,
    subject,
    before: before === null ? null : { ...before },
    after: after === null ? null : { ...after },
    requestId,
  };
}
