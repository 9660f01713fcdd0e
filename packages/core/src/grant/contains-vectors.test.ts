import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/contains.json' with { type: 'json' };
import type { Restriction } from '../restriction/restriction.ts';
import { parseScope } from '../scope/scope.ts';
import { contains } from './contains.ts';
import type { Grant } from './grant.ts';

interface WrittenGrant {
  readonly scopes: readonly string[];
  readonly restrictions: readonly unknown[];
  readonly expires: number | null;
}

describe('conformance/contains.json', () => {
  test.each(vectors.grants)('$name', ({ parent, child, contained, dimension }) => {
    const answer = contains(read(parent), read(child));
    expect(answer).toMatchObject(contained ? { contained } : { contained, dimension });
    if (!answer.contained) expect(answer.detail).toMatch(/^[A-Z/0-9a-z].*\.$/);
  });
});

function read({ scopes, restrictions, expires }: WrittenGrant): Grant {
  return {
    scopes: scopes.map(parseScope).filter((scope) => scope !== undefined),
    // Foreign kinds among them are the point of some vectors.
    restrictions: restrictions as readonly Restriction[],
    expires,
  };
}
