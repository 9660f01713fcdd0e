import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);

test('every command that docs/guarantees.md names is there', () => {
  const text = readFileSync(new URL('docs/guarantees.md', root), 'utf8');
  const named = [...text.matchAll(/`((?:test|bench|packages|conformance)\/[^`]+)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
});
