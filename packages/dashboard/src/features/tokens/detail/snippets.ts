import type { NativeToken, Services } from '@latchkey/wire/native';

export interface Snippet {
  readonly kind: 'maplibre' | 'sdk' | 'javascript' | 'curl';
  readonly language: 'js' | 'sh';
  readonly code: string;
}

/** What stands where no service says at what address it is. */
export const API_PLACEHOLDER = 'https://api.example.com';

type Route = Services['services'][number]['routes'][number];
interface OpenRoute {
  readonly baseUrl: string;
  readonly route: Route;
}

/**
 * Code that works with this token as it stands: at the first address that its scopes open. A secret token is read from the environment,
 * because its text was shown once. A request from outside a page names a page that the token allows.
 *
 * @param serverUrl of this installation, for tokens that may manage tokens
 */
export function snippetsOf(
  token: NativeToken,
  services: Services['services'],
  serverUrl: string,
): readonly Snippet[] {
  const open = openRoutes(token, services);
  const first = open[0];
  const style = open.find(({ route }) => /\/styles?\/.*\{style/.test(route.path));
  const managesTokens = token.scopes.includes('tokens:read') || token.scopes.includes('tokens:write');
  const address =
    first === undefined
      ? managesTokens
        ? `${serverUrl}/tokens/v2/${token.account}`
        : undefined
      : addressOf(first, token.account);
  const snippets: (Snippet | undefined)[] = [
    token.usage === 'pk' && style !== undefined ? maplibre(token, style) : undefined,
    style !== undefined || managesTokens ? sdk(token, style, serverUrl) : undefined,
    address === undefined ? undefined : javascript(token, address),
    address === undefined ? undefined : curl(token, address),
  ];
  return snippets.filter((snippet) => snippet !== undefined);
}

/** Routes for reading that the token's scopes are enough for, and that want a scope at all. */
function openRoutes(token: NativeToken, services: Services['services']): readonly OpenRoute[] {
  return services.flatMap(({ baseUrl = API_PLACEHOLDER, routes }) =>
    routes
      .filter(
        ({ methods, scopes }) =>
          methods.includes('GET') &&
          scopes.length > 0 &&
          scopes.every((scope) => token.scopes.includes(scope)),
      )
      .map((route) => ({ baseUrl: baseUrl.replace(/\/+$/, ''), route })),
  );
}

function addressOf({ baseUrl, route }: OpenRoute, account: string): string {
  return `${baseUrl}${route.path.replaceAll('{account}', account)}`;
}

function maplibre(token: NativeToken, style: OpenRoute): Snippet {
  const code = `const token = ${quoted(textOf(token))};
const map = new maplibregl.Map({
  container: 'map',
  style: ${quoted(addressOf(style, token.account))},
  transformRequest: (url) =>
    url.startsWith(${quoted(style.baseUrl)}) ? { url: \`\${url}\${url.includes('?') ? '&' : '?'}access_token=\${token}\` } : { url },
});`;
  return { kind: 'maplibre', language: 'js', code };
}

function sdk(token: NativeToken, style: OpenRoute | undefined, serverUrl: string): Snippet {
  const given = token.usage === 'pk' ? quoted(textOf(token)) : 'process.env.LATCHKEY_TOKEN';
  const code =
    style === undefined
      ? `import mbxTokens from '@mapbox/mapbox-sdk/services/tokens.js';

const tokens = mbxTokens({ accessToken: ${given}, origin: ${quoted(serverUrl)} });
const { body } = await tokens.listTokens().send();`
      : `import mbxStyles from '@mapbox/mapbox-sdk/services/styles.js';

const styles = mbxStyles({ accessToken: ${given}, origin: ${quoted(style.baseUrl)} });
const { body } = await styles.getStyle({ ownerId: ${quoted(token.account)}, styleId: '{style}' }).send();`;
  return { kind: 'sdk', language: 'js', code };
}

function javascript(token: NativeToken, address: string): Snippet {
  const code =
    token.usage === 'pk'
      ? `const response = await fetch(
  ${quoted(`${address}?access_token=${textOf(token)}`)},
);
const answer = await response.json();`
      : `const response = await fetch(${quoted(address)}, {
  headers: { authorization: \`Bearer \${process.env.LATCHKEY_TOKEN}\` },
});
const answer = await response.json();`;
  return { kind: 'javascript', language: 'js', code };
}

function curl(token: NativeToken, address: string): Snippet {
  const page = token.allowedUrls?.map(pageIn).find((url) => url !== undefined);
  const words = ['curl'];
  if (token.usage !== 'pk') words.push('-H "Authorization: Bearer $LATCHKEY_TOKEN"');
  if (page !== undefined) words.push(`-H 'Origin: ${page}'`);
  // A brace or bracket in an address means a range to curl.
  if (/[{}[\]]/.test(address)) words.push('--globoff');
  words.push(`'${token.usage === 'pk' ? `${address}?access_token=${textOf(token)}` : address}'`);
  return { kind: 'curl', language: 'sh', code: words.join(' \\\n  ') };
}

/** An origin that an entry of `allowedUrls` allows; undefined where it is an application's. */
function pageIn(entry: string): string | undefined {
  const [, scheme = 'https', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(entry) ?? [];
  if (!/^https?$/i.test(scheme)) return undefined;
  const url = `${scheme}://${rest.replace(/^\*\./, 'www.').replace(/:\*(?=\/|$)/, '')}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function textOf(token: NativeToken): string {
  return token.token ?? `${token.usage}.…`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
