import { describeUrlWarning, refusalHelp } from '@latchkey/core';
import { CheckedUrlsSchema, CheckUrlsBodySchema } from '@latchkey/wire/native';
import { tryUrls } from '../../../tokens/try-urls.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const checkUrlsEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/urls/check',
  operationId: 'checkUrls',
  summary: 'Try URL entries',
  description:
    'Tells how they would be stored, what is doubtful about them, and whether a page would be let in.',
  requires: ['tokens:read'],
  body: CheckUrlsBodySchema,
  success: { status: 200, schema: CheckedUrlsSchema, description: 'What is to be said of the entries.' },
  async handle(deps, caller, { body }) {
    const { entries, strictPaths = false, address } = body;
    const outcome = tryUrls(deps, caller, { entries, strictPaths, address });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { page, faults, warnings } = outcome.value;
    return answer(200, {
      entries: outcome.value.entries,
      faults: faults.map(({ index, reason, fix }) => ({ index: index ?? null, reason, fix })),
      warnings: warnings.map((one) => ({
        entry: one.entry,
        code: one.code,
        detail: describeUrlWarning(one),
      })),
      ...(page && {
        address: {
          allowed: page.decision.allow,
          detail: page.decision.allow ? null : (page.decision.detail ?? refusalHelp(page.decision).sentence),
          fix: page.decision.allow ? null : refusalHelp(page.decision).fix,
          entries: page.byEntry,
        },
      }),
    });
  },
});
