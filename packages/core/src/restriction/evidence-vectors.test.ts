import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/evidence.json' with { type: 'json' };
import { checkUrls } from './check-urls.ts';
import { bareRequest } from './testing/bare-request.ts';
import { urlIndex } from './testing/compiled.ts';

describe('conformance/evidence.json', () => {
  test.each(vectors.evidence)('evidence: $name', (vector) => {
    const request = bareRequest({
      origin: vector.origin,
      referer: vector.referer,
      secFetchSite: vector.secFetchSite,
    });
    const refusal = checkUrls(urlIndex(vector.entries, vector.strictPaths), request, vector.publicOrigin);
    expect(refusal?.reason ?? 'allowed').toBe(vector.expected);
  });
});
