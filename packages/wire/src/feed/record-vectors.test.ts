import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/feed.json' with { type: 'json' };
import { parseRecord } from './parse-record.ts';
import { formatRecord } from './record.ts';

describe('conformance/feed.json: records', () => {
  test.each(vectors.records)('$name', ({ record, expect: expected }) => {
    const parsed = parseRecord(record);
    if (parsed.ok) {
      expect(expected).toEqual({ reads: true });
      expect(parseRecord(JSON.parse(formatRecord(parsed.record)))).toEqual(parsed);
      return;
    }
    const { id = null, digest = null, account = null } = parsed;
    expect({ reads: false, id, digest, account }).toEqual(expected);
  });
});
