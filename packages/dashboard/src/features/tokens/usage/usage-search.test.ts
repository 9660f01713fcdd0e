import { describe, expect, it } from 'vitest';
import { readUsageSearch, spanOfSearch } from './usage-search.ts';

const NOW = Date.parse('2026-11-24T10:20:30Z');

describe('the address of the usage page', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(readUsageSearch({ range: '7d', by: 'service', page: 3 })).toEqual({ range: '7d', by: 'service' });
    expect(readUsageSearch({ range: '8d', by: 'scope', first: '2026-11-01' })).toEqual({});
  });

  it('has days rather than a range, where both are named', () => {
    const search = readUsageSearch({ range: '7d', first: '2026-11-01', last: '2026-11-02' });
    expect(search).toEqual({ first: '2026-11-01', last: '2026-11-02' });
    expect(spanOfSearch(search, NOW)).toMatchObject({ from: '2026-11-01T00:00:00.000Z', step: 'hour' });
  });

  it('stands for thirty days where it says nothing', () => {
    expect(spanOfSearch({}, NOW)).toMatchObject({ from: '2026-10-26T00:00:00.000Z', step: 'day' });
  });
});
