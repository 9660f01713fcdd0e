import type { Policy, ServiceDefinition } from '@latchkey/core';
import type { PurgeHook } from './purge/purge-hook.ts';

/** What a gateway runs by. */
export interface GatewayOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the Latchkey server is. */
  readonly server: string;
  /** A token with the scope `verifiers:sync`. */
  readonly token: string;
  /** What people call this gateway. */
  readonly name: string;
  /** Folder of the copy that it goes on from when it is restarted while the server cannot be reached; undefined: none is kept. */
  readonly dataDir: string | undefined;
  /** The APIs behind it; none: the table of the server is read, at the start and when the options are replaced. */
  readonly services: readonly ServiceDefinition[];
  readonly secretInQuery: Policy['secretInQuery'];
  /** The API's own origin, as browsers see it. */
  readonly publicOrigin: string | undefined;
  /** Who may tell the original request; empty: nobody, and every request is refused. */
  readonly trustedProxies: readonly string[];
  /** Called where a cache further out has to forget a token. */
  readonly purge: readonly PurgeHook[];
  /** The reverse proxy; undefined: none. */
  readonly proxy: ProxyOptions | undefined;
}

export interface ProxyOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The API behind it, `http://127.0.0.1:3000`; undefined: each service has its own. */
  readonly upstream: string | undefined;
  /** The same by name of the service. */
  readonly upstreams: ReadonlyMap<string, string>;
  /** The API gets the client's `Host`, not its own. */
  readonly keepHost: boolean;
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly headerLimitBytes: number;
  /** 0: none. */
  readonly bodyLimitBytes: number;
  /** What stored answers may take together; 0: none are stored. */
  readonly cacheBytes: number;
  /** A larger answer is not stored. */
  readonly cacheBodyLimitBytes: number;
  /** How long a request waits for an answer that another has asked for. */
  readonly cacheWaitMs: number;
  /** Request headers, in lower case, that change no answer. */
  readonly cacheIgnoredHeaders: readonly string[];
  /** Shared caches further out may keep what the API calls public, in answers to requests with a token too. */
  readonly sharedCaches: boolean;
  /** How long browsers may use such an answer without asking; 0: they ask each time. */
  readonly browserSeconds: number;
}

/** What is bound when a gateway starts: another value takes effect at the next start. */
const FIXED = [
  'host',
  'port',
  'server',
  'token',
  'name',
  'dataDir',
] as const satisfies readonly (keyof GatewayOptions)[];

const FIXED_OF_PROXY = [
  'host',
  'port',
  'connectTimeoutMs',
  'firstByteTimeoutMs',
  'idleTimeoutMs',
  'headerLimitBytes',
  'cacheBytes',
  'cacheBodyLimitBytes',
  'cacheWaitMs',
  'cacheIgnoredHeaders',
] as const satisfies readonly (keyof ProxyOptions)[];

/** An option that takes effect only at a start; `proxy`: whether there is a reverse proxy. */
export type FixedOption = (typeof FIXED)[number] | 'proxy' | `proxy.${(typeof FIXED_OF_PROXY)[number]}`;

/** Which options of `next` differ from those in force and wait for the next start. */
export function waitingForRestart(inForce: GatewayOptions, next: GatewayOptions): readonly FixedOption[] {
  const fixed = FIXED.filter((option) => inForce[option] !== next[option]);
  const { proxy } = inForce;
  if (proxy === undefined || next.proxy === undefined) {
    return proxy === next.proxy ? fixed : [...fixed, 'proxy'];
  }
  const differs = FIXED_OF_PROXY.filter((option) => String(proxy[option]) !== String(next.proxy?.[option]));
  return [...fixed, ...differs.map((option) => `proxy.${option}` as const)];
}
