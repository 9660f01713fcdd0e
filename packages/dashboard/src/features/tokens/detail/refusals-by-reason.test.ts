import { expect, test } from 'vitest';
import { refusalsByReason } from './refusals-by-reason.ts';

test('refusals of one reason are one line with every scope that was needed, the most frequent first', () => {
  const rows = [
    { outcome: 'allowed', scope: 'styles:read', count: 900 },
    { outcome: 'insufficient_scope', scope: 'uploads:list', count: 2 },
    { outcome: 'insufficient_scope', scope: 'fonts:read uploads:list', count: 3 },
    { outcome: 'url_not_allowed', scope: 'styles:read', count: 40 },
  ];
  expect(refusalsByReason(rows)).toEqual([
    { reason: 'url_not_allowed', count: 40, scopes: ['styles:read'] },
    { reason: 'insufficient_scope', count: 5, scopes: ['fonts:read', 'uploads:list'] },
  ]);
});
