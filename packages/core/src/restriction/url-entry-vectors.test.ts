import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/url-entries.json' with { type: 'json' };
import { parseUrlEntries } from './url-entries.ts';
import { parseUrlEntry } from './url-entry.ts';

describe('conformance/url-entries.json', () => {
  test.each(vectors.entries)('entry: $name', ({ text, appSchemes, expected }) => {
    const parsed = parseUrlEntry(text, { appSchemes: appSchemes ?? [] });
    const told = parsed.ok
      ? { entry: parsed.entry, warnings: parsed.warnings.map(({ code }) => code) }
      : { refused: parsed.code };
    expect(told).toEqual(expected);
  });

  test.each(vectors.lists)('list: $name', ({ texts, expected }) => {
    const parsed = parseUrlEntries(texts, { appSchemes: [] });
    const told = parsed.ok
      ? { entries: parsed.entries, warnings: parsed.warnings.map(({ code, entry }) => [code, entry]) }
      : { refused: parsed.faults.map(({ index, code }) => [index ?? null, code]) };
    expect(told).toEqual(expected);
  });
});
