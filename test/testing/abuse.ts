import { call } from './call.ts';
import { type RawAnswer, type RawRequest, rawRequest } from './raw-http.ts';

/**
 * Puts a secret wherever a careless or hostile client may put it, well-formed and not, and gives every answer. Only the
 * request with an Idempotency-Key may make something.
 */
export async function abuse(
  baseUrl: string,
  account: string,
  secret: string,
): Promise<readonly { readonly what: string; readonly answer: RawAnswer }[]> {
  const auth = ['Authorization', `Bearer ${secret}`] as const;
  const json = ['Content-Type', 'application/json'] as const;
  const tokens = `/tokens/v2/${account}`;
  const requests: Readonly<Record<string, RawRequest>> = {
    'two transports': { method: 'GET', target: `${tokens}?access_token=${secret}`, headers: [auth] },
    'two headers': { method: 'GET', target: tokens, headers: [auth, auth] },
    'another scheme': { method: 'GET', target: tokens, headers: [['Authorization', `Token ${secret}`]] },
    'a quoted token': { method: 'GET', target: tokens, headers: [['Authorization', `Bearer "${secret}"`]] },
    'basic credentials': {
      method: 'GET',
      target: tokens,
      headers: [['Authorization', `Basic ${btoa(`x:${secret}`)}`]],
    },
    'a cookie': { method: 'GET', target: tokens, headers: [['Cookie', `token=${secret}`]] },
    'a Referer with a token': {
      method: 'GET',
      target: tokens,
      headers: [auth, ['Referer', `https://a.example/?access_token=${secret}`]],
    },
    'a user agent': { method: 'GET', target: '/nothing', headers: [['User-Agent', secret]] },
    'a request id': { method: 'GET', target: '/v1/nothing', headers: [['X-Request-Id', secret]] },
    'a forwarded address': { method: 'GET', target: tokens, headers: [['X-Forwarded-For', secret]] },
    'a host': { method: 'GET', target: tokens, headers: [['X-Forwarded-Host', secret], auth] },
    'a path': { method: 'GET', target: `/${secret}` },
    'a path of the Tokens API': { method: 'GET', target: `${tokens}/${secret}`, headers: [auth] },
    'an account': { method: 'GET', target: `/tokens/v2/${secret}`, headers: [auth] },
    'an id to delete': { method: 'DELETE', target: `${tokens}/${secret}`, headers: [auth] },
    'an id to look up': { method: 'GET', target: `/v1/tokens/${secret}`, headers: [auth] },
    'an account to look up': { method: 'GET', target: `/v1/accounts/${secret}`, headers: [auth] },
    'a start': { method: 'GET', target: `${tokens}?start=${secret}`, headers: [auth] },
    'a limit': { method: 'GET', target: `${tokens}?limit=${secret}`, headers: [auth] },
    'a filter': {
      method: 'GET',
      target: `/v1/tokens?text=${secret}&scope=${secret}&usage=${secret}`,
      headers: [auth],
    },
    'a cursor': { method: 'GET', target: `/v1/tokens?cursor=${secret}`, headers: [auth] },
    'a feed cursor': { method: 'GET', target: `/v1/feed?cursor=${secret}`, headers: [auth] },
    'a snapshot': { method: 'GET', target: `/v1/feed/snapshot?access_token=${secret}` },
    'an ack': {
      method: 'POST',
      target: '/v1/feed/acks',
      headers: [auth, json],
      body: JSON.stringify({ connection: secret }),
    },
    'another parameter': { method: 'GET', target: `/healthz?token=${secret}&api_key=${secret}` },
    'a key of a body': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ [secret]: 1, scopes: [] }),
    },
    'a repeated key of a body': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: `{"${secret}":1,"${secret}":1}`,
    },
    'a scope': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [secret] }),
    },
    'a URL': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], allowedUrls: [secret] }),
    },
    'a URL with a token': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], allowedUrls: [`https://a.example/?access_token=${secret}`] }),
    },
    'a resource': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], resources: [secret] }),
    },
    'an application': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], allowedApplications: [{ platform: secret, bundleId: secret }] }),
    },
    'a note': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], note: `mine: ${secret}` }),
    },
    'a note of an update': {
      method: 'PATCH',
      target: `${tokens}/c${'0'.repeat(24)}`,
      headers: [auth, json],
      body: JSON.stringify({ note: secret }),
    },
    'a path of a resource': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], resources: [`/styles/${secret}`] }),
    },
    'a bundle id': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], allowedApplications: [{ platform: 'ios', bundleId: secret }] }),
    },
    'an Idempotency-Key': {
      method: 'POST',
      target: '/v1/tokens',
      headers: [auth, json, ['Idempotency-Key', secret]],
      body: JSON.stringify({ scopes: [] }),
    },
    'an address': {
      method: 'POST',
      target: '/v1/tokens',
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], allowedAddresses: [secret] }),
    },
    'a time': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ scopes: [], expires: secret }),
    },
    'an account name': {
      method: 'POST',
      target: '/v1/accounts',
      headers: [auth, json],
      body: JSON.stringify({ name: secret }),
    },
    'broken JSON': { method: 'POST', target: tokens, headers: [auth, json], body: `{"scopes": ${secret}}` },
    'JSON that is a text': { method: 'POST', target: tokens, headers: [auth, json], body: `"${secret}"` },
    'too long a body': {
      method: 'POST',
      target: tokens,
      headers: [auth, json],
      body: JSON.stringify({ note: secret.repeat(600) }),
    },
    'another content type': {
      method: 'POST',
      target: tokens,
      headers: [auth, ['Content-Type', secret]],
      body: secret,
    },
    'an explained text': {
      method: 'POST',
      target: '/v1/explain',
      headers: [auth, json],
      body: JSON.stringify({
        token: secret,
        request: {
          url: `/styles/v1/x?access_token=${secret}`,
          headers: { Referer: `https://a.example/${secret}` },
        },
      }),
    },
    'an explained text that is cut': {
      method: 'POST',
      target: '/v1/explain',
      headers: [auth, json],
      body: JSON.stringify({ token: `${secret}x`, request: { url: '/' } }),
    },
    'a body of the wrong shape at explain': {
      method: 'POST',
      target: '/v1/explain',
      headers: [auth, json],
      body: JSON.stringify({ token: [secret] }),
    },
    'another method': { method: 'PUT', target: `${tokens}?access_token=${secret}`, headers: [] },
    'a broken escape': { method: 'GET', target: `${tokens}?access_token=${secret}%zz` },
    'a broken header': { method: 'GET', target: tokens, headers: [['Authori zation', secret]] },
    'no HTTP at all': { method: secret, target: secret },
    'too long a header': { method: 'GET', target: tokens, headers: [['X-Long', secret.repeat(300)]] },
    'too long a target': { method: 'GET', target: `${tokens}?access_token=${secret.repeat(300)}` },
  };
  const answers = [];
  for (const [what, request] of Object.entries(requests))
    answers.push({ what, answer: await rawRequest(baseUrl, request) });
  return answers;
}

/** What a careful client does with a secret: authenticate, in both transports, on routes that read. */
export async function useWell(baseUrl: string, account: string, secret: string): Promise<void> {
  for (const path of [
    `/tokens/v2/${account}`,
    `/scopes/v1/${account}`,
    '/tokens/v2',
    '/v1/tokens',
    '/v1/audit',
    '/v1/services',
  ]) {
    await call(`${baseUrl}${path}?access_token=${secret}`);
    await call(`${baseUrl}${path}`, { token: secret });
  }
}
