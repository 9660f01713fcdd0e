import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/decisions.json' with { type: 'json' };
import type { Scope } from '../scope/scope.ts';
import { parseScope } from '../scope/scope.ts';
import type { CheckRequest } from './check-request.ts';
import { checkRequest } from './check-request-decision.ts';
import type { Decision, Policy, TokenSource } from './decision.ts';
import { isPreflight } from './is-preflight.ts';
import { readHttpRequest } from './read-http-request.ts';
import { refusalOf } from './refusal.ts';
import { recordSource } from './testing/record-source.ts';
import type { Trace } from './trace.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const records = vectors.tokens.map(({ record }) => record);
const source = recordSource(records);
const texts = vectors.tokens.map(({ text }) => text);

describe('conformance/decisions.json', () => {
  test.each(vectors.decisions)('$name', ({ request, policy, expect: expected }) => {
    expect(judge(request, policy, source, NOON)).toEqual(expected);
  });

  test.each(vectors.timed)('timed: $name', ({ request, policy, now, current, stale, expect: expected }) => {
    expect(judge(request, policy, recordSource(records, { current, stale }), now)).toEqual(expected);
  });

  test.each(vectors.preflights)('preflight: $name', ({ request, preflight }) => {
    expect(isPreflight(read(request))).toBe(preflight);
  });

  test('the answers are the same at any time between 2021 and 2099', () => {
    for (const now of [Date.parse('2021-01-01T00:00:00Z'), Date.parse('2099-12-31T00:00:00Z')]) {
      for (const { request, policy, expect: expected } of vectors.decisions) {
        expect(judge(request, policy, source, now)).toEqual(expected);
      }
    }
  });

  test('every decision explains itself: the checks in order, what failed, nothing of the token’s text', () => {
    for (const { request, policy } of vectors.decisions) {
      const trace: Trace = [];
      const decision = checkRequest(read(request), readPolicy(policy), source, NOON, trace);
      expect(trace.map(({ check }) => check)).toEqual(CHECKS);
      expect(trace.filter(({ outcome }) => outcome === 'failed')).toHaveLength(decision.allow ? 0 : 1);
      const told = JSON.stringify([trace, decision.allow ? '' : refusalOf(decision)]);
      for (const text of texts) expect(told).not.toContain(text.split('.')[2]);
    }
  });
});

const CHECKS = [
  'token_present',
  'request_form',
  'token_form',
  'transport',
  'token_known',
  'record_readable',
  'not_revoked',
  'not_expired',
  'replica_current',
  'account_active',
  'restrictions_supported',
  'scope',
  'resource',
  'url',
  'application',
  'address',
];

interface WrittenRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly string[])[];
  readonly peer: string;
}

interface WrittenPolicy {
  readonly requires: readonly string[];
  readonly secretInQuery: string;
}

function judge(request: WrittenRequest, policy: WrittenPolicy, from: TokenSource, now: number) {
  return inHttpTerms(checkRequest(read(request), readPolicy(policy), from, now));
}

function read({ method, target, headers, peer }: WrittenRequest): CheckRequest {
  return readHttpRequest(method, target, headers.flat(), peer);
}

function readPolicy({ requires, secretInQuery }: WrittenPolicy): Policy {
  if (secretInQuery !== 'accept' && secretInQuery !== 'flag' && secretInQuery !== 'refuse') {
    throw new TypeError(`the vector has the policy ${secretInQuery}`);
  }
  const scopes = requires.map(parseScope).filter((scope): scope is Scope => scope !== undefined);
  return { requires: scopes, secretInQuery, publicOrigin: vectors.publicOrigin };
}

function inHttpTerms(decision: Decision) {
  if (decision.allow) return { allow: true, id: decision.token.id, exposedInUrl: decision.exposedInUrl };
  const { status, message, headers } = refusalOf(decision);
  const wwwAuthenticate = headers['WWW-Authenticate'] ?? null;
  return { allow: false, reason: decision.reason, status, message, wwwAuthenticate };
}
