import type { TypicalToken } from '../replica/typical-tokens.ts';

/** What every client sends, whoever it is: as browsers and SDKs do. */
const COMMON = [
  'Host: api.example.com',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Accept: application/json',
  'Accept-Encoding: gzip, deflate, br',
];

/**
 * The heads of requests for one style, one for each token. In turn with {@link typicalToken}: public tokens in the query with the
 * origin of their page, secret and temporary ones as `Authorization: Bearer`.
 */
export function styleRequests(tokens: readonly TypicalToken[]): readonly (readonly string[])[] {
  return tokens.map((token) => [`GET ${styleTarget(token)} HTTP/1.1`, ...clientHeaders(token)]);
}

/** The target of such a request. */
export function styleTarget({ text, record }: TypicalToken): string {
  const path = `/styles/v1/${record.account}/streets`;
  return record.usage === 'pk' ? `${path}?access_token=${text}` : path;
}

/** The header lines of such a request. */
export function clientHeaders({ text, origin, record }: TypicalToken): readonly string[] {
  const authorization = record.usage === 'pk' ? [] : [`Authorization: Bearer ${text}`];
  return [...COMMON, ...authorization, ...(origin === undefined ? [] : [`Origin: ${origin}`])];
}
