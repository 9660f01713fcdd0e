import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPasted } from './read-pasted.ts';

describe('readPasted', () => {
  it('takes a curl command, with the prompt that was copied along', () => {
    const pasted = readPasted(
      `$ curl -H 'Origin: https://shop.example' 'https://api.example/v4/1?access_token=pk.a.b'`,
    );
    expect(pasted).toEqual({
      kind: 'request',
      request: {
        method: 'GET',
        url: 'https://api.example/v4/1',
        headers: { Origin: 'https://shop.example' },
        token: 'pk.a.b',
        transport: 'query',
      },
    });
  });

  it.each([
    ['https://api.example/styles/v1/acme/streets', 'GET', 'https://api.example/styles/v1/acme/streets'],
    ['/styles/v1/acme/streets', 'GET', '/styles/v1/acme/streets'],
    ['DELETE /uploads/v1/acme/1', 'DELETE', '/uploads/v1/acme/1'],
    ['api.example.com/v4/world.json', 'GET', 'https://api.example.com/v4/world.json'],
  ])('takes the address %s', (text, method, url) => {
    expect(readPasted(text)).toMatchObject({ kind: 'request', request: { method, url } });
  });

  it('takes the id of a refused request, alone or in the answer that was given', () => {
    const requestId = '0d5f6c1e-8a41-4c4b-9d50-1a2b3c4d5e6f';
    expect(readPasted(` ${requestId}\n`)).toEqual({ kind: 'refusal', requestId });
    const answer = JSON.stringify({ message: 'Forbidden', code: 'url_not_allowed', requestId });
    expect(readPasted(answer)).toEqual({ kind: 'refusal', requestId });
  });

  it.each([
    ['', 'nothing'],
    ["curl 'https://a.example", 'unclosed_quote'],
    ['curl -H "a: b"', 'no_url'],
    ['what is this?', 'unknown_form'],
    ['{"message":"Forbidden"}', 'unknown_form'],
  ])('says of %j that it is %s', (text, problem) => {
    expect(readPasted(text)).toEqual({ kind: 'unreadable', problem });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPasted(text)));
  });
});
