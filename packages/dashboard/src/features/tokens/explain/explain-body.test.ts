import { describe, expect, it } from 'vitest';
import { explainBody } from './explain-body.ts';
import { readPasted } from './read-pasted.ts';

const nothing = { token: '', page: '', address: '' };

describe('explainBody', () => {
  it('sends the token and those headers that decide something, and no other', () => {
    const pasted = readPasted(
      "curl https://api.example/v4 -H 'Authorization: Bearer sk.a.b' -H 'Cookie: session=1' -H 'referer: https://shop.example/'",
    );
    expect(explainBody(pasted, nothing)).toMatchObject({
      ok: true,
      body: {
        token: 'sk.a.b',
        request: { method: 'GET', headers: { referer: 'https://shop.example/' }, transport: 'header' },
      },
    });
    expect(JSON.stringify(explainBody(pasted, nothing))).not.toContain('session');
  });

  it('takes the chosen token and the page where the request names none', () => {
    const details = { token: 'c1', page: 'shop.example/cart', address: '192.0.2.7' };
    expect(explainBody(readPasted('/v4/world.json'), details)).toMatchObject({
      body: { token: 'c1', request: { headers: { Origin: 'https://shop.example' }, address: '192.0.2.7' } },
    });
  });

  it('believes the request where it names its page and token itself', () => {
    const pasted = readPasted(
      "curl 'https://api.example/?access_token=pk.a.b' -H 'Origin: https://a.example'",
    );
    expect(explainBody(pasted, { token: 'c1', page: 'https://b.example', address: '' })).toMatchObject({
      body: { token: 'pk.a.b', request: { headers: { Origin: 'https://a.example' }, transport: 'query' } },
    });
  });

  it('says that a token is missing', () => {
    expect(explainBody(readPasted('/v4'), nothing)).toEqual({ ok: false, problem: 'no_token' });
  });

  it('asks for a refusal by its id', () => {
    expect(explainBody(readPasted('0d5f6c1e-8a41-4c4b'), nothing)).toMatchObject({
      body: { requestId: '0d5f6c1e-8a41-4c4b' },
    });
  });
});
