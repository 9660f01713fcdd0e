import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/paths.json' with { type: 'json' };
import { canonicalPath } from './canonical-path.ts';
import { checkResources } from './check-resources.ts';
import { parseResourcePrefix } from './resource-prefix.ts';
import { bareRequest } from './testing/bare-request.ts';

describe('conformance/paths.json', () => {
  test.each(vectors.canonical)('canonical: $name', ({ path, expected }) => {
    expect(canonicalPath(path) ?? null).toBe(expected);
  });

  test.each(vectors.resources)('resource: $name', ({ prefixes, path, expected }) => {
    expect(checkResources(prefixes, bareRequest({ path }))?.reason ?? 'allowed').toBe(expected);
  });

  test.each(vectors.prefixes)('prefix: $name', ({ text, expected }) => {
    const parsed = parseResourcePrefix(text);
    expect(parsed.ok ? parsed.prefix : null).toBe(expected);
  });
});
