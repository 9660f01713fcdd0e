import { describe, expect, test } from 'vitest';
import { recordOf } from '../grant/testing/find-violation.ts';
import { defaultCatalogue } from '../scope/default-catalogue.ts';
import { deny } from './deny.ts';
import type { DenyReason } from './deny-reason.ts';
import { refusalBody, refusalHelp, refusalOf } from './refusal.ts';
import type { RefusalRow } from './refusal-table.ts';
import { refusalTable } from './refusal-table.ts';

const record = recordOf({ scopes: [], restrictions: [], expires: null });
const [scope] = defaultCatalogue.scopes.map(({ id }) => id);
const rows = Object.entries<RefusalRow>(refusalTable).map(([reason, row]) => ({
  reason: reason as DenyReason,
  row,
}));

describe.each(rows)('$reason', ({ reason, row }) => {
  test('is told in whole sentences, with a fix', () => {
    const { sentence, fix } = refusalHelp(deny(reason, undefined, record, scope));
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
    expect(sentence + fix).not.toContain('{');
  });

  test('can be read by any page, and kept by no cache', () => {
    expect(refusalOf(deny(reason)).headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
      'Cache-Control': 'no-store',
    });
  });

  test('challenges with one of the codes of RFC 6750 where another token could help, or says when to come back', () => {
    const { status, headers } = refusalOf(deny(reason, undefined, record));
    const isTemporary = status === 503 || status === 429;
    expect(headers['Retry-After'] !== undefined).toBe(isTemporary);
    expect(headers['WWW-Authenticate'] !== undefined).toBe(!isTemporary);
    if (status === 401)
      expect(headers['WWW-Authenticate']).toMatch(/^Bearer realm="Latchkey"(?:, error="invalid_token")?$/);
  });

  test('shows a stranger nothing that depends on the record', () => {
    const refusal = refusalOf(deny(reason, 'what the holder may know'));
    const stranger: RefusalRow = refusalTable[row.toStrangers];
    expect(stranger.toStrangers).toBe(row.toStrangers);
    expect(refusal).toMatchObject({ code: row.toStrangers, status: stranger.status });
  });
});

describe('strangers', () => {
  const faces = (['malformed_token', 'unknown_token', 'revoked', 'expired'] as const).map((reason) =>
    refusalOf(deny(reason)),
  );

  test('see malformed, unknown, revoked and expired tokens alike', () => {
    for (const { code: _, ...face } of faces) {
      const { code: __, ...first } = faces[0] ?? refusalOf(deny('malformed_token'));
      expect(face).toEqual(first);
      expect(face).toMatchObject({
        status: 401,
        message: 'Not Authorized - Invalid Token',
        detail: undefined,
      });
    }
    expect(faces.map(({ code }) => code)).toEqual([
      'malformed_token',
      'unknown_token',
      'unknown_token',
      'unknown_token',
    ]);
  });

  test('do not learn that a token they cannot show is suspended or restricted', () => {
    for (const reason of ['account_suspended', 'bad_record', 'unsupported_restriction'] as const) {
      expect(refusalOf(deny(reason, 'secret detail'))).toEqual(refusalOf(deny('unknown_token')));
    }
  });
});

test('the holder of the right text learns the true reason', () => {
  expect(refusalOf(deny('revoked', undefined, record))).toMatchObject({
    status: 401,
    message: 'Not Authorized - Invalid Token',
    code: 'revoked',
  });
  expect(refusalOf(deny('expired', 'The token expired at …', record))).toMatchObject({
    code: 'expired',
    detail: 'The token expired at …',
  });
});

test('a lacking scope is named in the message, in the challenge and in the fix', () => {
  const denied = deny('insufficient_scope', 'This request needs it.', record, scope);
  expect(refusalOf(denied)).toMatchObject({
    status: 403,
    message: `This API requires a token with ${scope} scope.`,
    headers: { 'WWW-Authenticate': `Bearer realm="Latchkey", error="insufficient_scope", scope="${scope}"` },
  });
  expect(refusalHelp(denied).fix).toContain(`add ${scope} to this one`);
});

test('where no token was sent the challenge has no error code', () => {
  expect(refusalOf(deny('no_token')).headers['WWW-Authenticate']).toBe('Bearer realm="Latchkey"');
});

test('the body holds message, code, detail where there is one, and the request’s id', () => {
  expect(refusalBody(refusalOf(deny('no_token')), 'r1')).toEqual({
    message: 'Not Authorized - No Token',
    code: 'no_token',
    requestId: 'r1',
  });
  expect(refusalBody(refusalOf(deny('url_not_allowed', 'seen', record)), 'r2')).toEqual({
    message: 'Forbidden',
    code: 'url_not_allowed',
    detail: 'seen',
    requestId: 'r2',
  });
});
