import { parseScope, type Scope, type TokenUsage } from '@latchkey/core';
import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/feed.json' with { type: 'json' };
import { boundSecondsOf, longestBound, parseStaleness, shortestBound } from './staleness.ts';

describe('conformance/feed.json: staleness', () => {
  test.each(vectors.staleness)('$name', ({ staleness, token, serves }) => {
    const bounds = parseStaleness(staleness);
    if (token === undefined) {
      expect(bounds).toBeUndefined();
      return;
    }
    if (bounds === undefined) throw new Error('the bounds are not readable');
    const scopes = token.scopes.map(parseScope).filter((scope): scope is Scope => scope !== undefined);
    const seconds = boundSecondsOf({ usage: token.usage as TokenUsage, scopes }, bounds);
    expect(seconds).toBe(serves);
    expect(seconds).toBeLessThanOrEqual(longestBound(bounds));
    expect(seconds).toBeGreaterThanOrEqual(shortestBound(bounds));
  });
});
