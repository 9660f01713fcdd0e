import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/addresses.json' with { type: 'json' };
import { parseAddressRange } from './address-range.ts';
import { checkAddresses } from './check-addresses.ts';
import { bareRequest } from './testing/bare-request.ts';
import { compiled } from './testing/compiled.ts';

describe('conformance/addresses.json', () => {
  test.each(vectors.ranges)('range: $name', ({ text, expected }) => {
    const parsed = parseAddressRange(text);
    expect(parsed.ok ? parsed.range.text : null).toBe(expected);
  });

  test.each(vectors.addresses)('address: $name', ({ ranges, address, expected }) => {
    const { addresses } = compiled({ kind: 'addresses', ranges });
    expect(checkAddresses(addresses ?? [], bareRequest({ address }))?.reason ?? 'allowed').toBe(expected);
  });
});
