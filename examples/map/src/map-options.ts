/** What the demonstration needs to start. */
export interface MapOptions {
  /** Where the Latchkey server is: `http://127.0.0.1:8420`. */
  readonly latchkeyUrl: string;
  /** A token with the scope `verifiers:sync`, with which the token check follows the server; undefined: a gateway checks, and nobody gets past it. */
  readonly latchkeyToken: string | undefined;
  /** The public token that the page draws the map with; undefined: the page asks for one. */
  readonly publicToken: string | undefined;
  /** The address that both servers listen on. */
  readonly host: string;
  /** The API's port; 0: any free one. */
  readonly port: number;
  /** The page's port; 0: any free one. */
  readonly pagePort: number;
  /** Where uploads are kept. */
  readonly dataDir: string;
  /** The API's origin as browsers reach it; undefined: `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
}

const DEFAULTS = { host: '127.0.0.1', port: 8421, pagePort: 8422, dataDir: './data/map' };

/**
 * Reads `LATCHKEY_URL`, `LATCHKEY_TOKEN`, `MAP_PUBLIC_TOKEN`, `MAP_HOST`, `MAP_PORT`, `MAP_PAGE_PORT`, `MAP_DATA_DIR`,
 * `MAP_PUBLIC_URL` and `MAP_BEHIND_GATEWAY`. All problems are told at once; none of the sentences holds a token.
 */
export function readMapOptions(
  env: Readonly<Record<string, string | undefined>>,
):
  | { readonly ok: true; readonly options: MapOptions }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const required = (name: string, what: string) => {
    const value = env[name] || undefined;
    if (value === undefined) problems.push(`${name} is not set: ${what}`);
    return value ?? '';
  };
  const url = (name: string, value: string | undefined) => {
    if (value === undefined || /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''))
      return value;
    problems.push(`${name} is not an http(s) URL`);
    return undefined;
  };
  const portOf = (name: string, fallback: number) => {
    const text = env[name] || String(fallback);
    const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Infinity;
    if (port > 65_535) problems.push(`${name} is no port: ${text}`);
    return port;
  };
  const latchkeyUrl = required(
    'LATCHKEY_URL',
    'where the Latchkey server is, for example http://127.0.0.1:8420',
  );
  if (env.MAP_BEHIND_GATEWAY && env.MAP_BEHIND_GATEWAY !== 'true')
    problems.push(`MAP_BEHIND_GATEWAY is not true: ${env.MAP_BEHIND_GATEWAY}`);
  const options: MapOptions = {
    latchkeyUrl: url('LATCHKEY_URL', latchkeyUrl || undefined) ?? '',
    latchkeyToken: env.MAP_BEHIND_GATEWAY
      ? undefined
      : required('LATCHKEY_TOKEN', 'a token with the scope verifiers:sync'),
    publicToken: env.MAP_PUBLIC_TOKEN || undefined,
    host: env.MAP_HOST || DEFAULTS.host,
    port: portOf('MAP_PORT', DEFAULTS.port),
    pagePort: portOf('MAP_PAGE_PORT', DEFAULTS.pagePort),
    dataDir: env.MAP_DATA_DIR || DEFAULTS.dataDir,
    publicUrl: url('MAP_PUBLIC_URL', env.MAP_PUBLIC_URL || undefined)?.replace(/\/+$/, ''),
  };
  return problems.length === 0 ? { ok: true, options } : { ok: false, problems };
}
