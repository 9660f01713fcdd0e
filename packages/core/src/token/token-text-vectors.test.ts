import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/token-text.json' with { type: 'json' };
import { parseScope } from '../scope/scope.ts';
import { parseAccountName } from './account-name.ts';
import { parseTokenId } from './token-id.ts';
import { formatTokenText, parseTokenText, recogniseTokenText } from './token-text.ts';

describe('conformance/token-text.json', () => {
  test.each(vectors.read)('read: $name', ({ text, outline, parsed }) => {
    expect(recogniseTokenText(text) ?? null).toBe(outline);
    expect(parseTokenText(text) ?? null).toEqual(parsed);
  });

  test.each(vectors.readHuge)('read: $name', ({ prefix, repeat, times, suffix, outline }) => {
    const text = prefix + repeat.repeat(times) + suffix;
    expect(recogniseTokenText(text) ?? null).toBe(outline);
    expect(parseTokenText(text)).toBeUndefined();
  });

  test.each(vectors.make)('make: $name', ({ parts, text }) => {
    const { usage, issuedAtSeconds = 0, expiresSeconds = 0, scopes = [] } = parts;
    const account = parseAccountName(parts.account);
    const id = parseTokenId(parts.id);
    const signature = Uint8Array.from(Buffer.from(parts.signatureHex, 'hex'));
    if (account === undefined || id === undefined) throw new TypeError('the vector names no account or id');
    const common = { account, id, signature };
    const made =
      usage === 'pk' || usage === 'sk'
        ? formatTokenText({ usage, ...common })
        : formatTokenText({
            usage: 'tk',
            ...common,
            issuedAtSeconds,
            expiresSeconds,
            scopes: scopes.map(parseScope).filter((scope) => scope !== undefined),
          });
    expect(made).toBe(text);
  });
});
