import type { Catalogue, ServiceDefinition } from '@latchkey/core';
import type { StalenessBounds } from '@latchkey/wire/feed';

/** The configuration in force, checked: nothing past this looks at the file or the environment again. */
export interface Config {
  readonly server: {
    readonly host: string;
    /** 0: any free port. */
    readonly port: number;
    /** Absolute, without a trailing slash; undefined: not configured. */
    readonly publicUrl: string | undefined;
    readonly dataDir: string;
    /** File of the revocation journal. */
    readonly journal: string;
  };
  readonly operator: { readonly account: string };
  /** `keyFile`: holds the key outside the database. */
  readonly signIn: { readonly keyFile: string };
  /** `smtp`: with user and password; undefined: mails become files. */
  readonly mail: { readonly smtp: string | undefined; readonly from: string };
  readonly catalogue: Catalogue;
  readonly services: readonly ServiceDefinition[];
  /** Scheme names: `capacitor`. */
  readonly appSchemes: readonly string[];
  /** Calls a minute; 0: no limit. */
  readonly rateLimit: { readonly perMinute: number; readonly anonymousPerMinute: number };
  /** Canonical addresses and ranges. */
  readonly trustedProxies: readonly string[];
  readonly secretInQuery: 'flag' | 'refuse' | 'accept';
  readonly feed: {
    readonly bufferLimitBytes: number;
    readonly creationWaitMs: number;
    /** The newest changes that the log keeps. */
    readonly keepChanges: number;
  };
  /** Seconds. */
  readonly staleness: StalenessBounds;
  readonly usage: {
    readonly minuteDays: number;
    readonly hourDays: number;
    readonly dayDays: number;
    readonly refusalHours: number;
    readonly addresses: boolean;
  };
  readonly log: { readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent' };
  /** What `latchkey gateway` runs by, beside `services`, `secretInQuery` and `log`. */
  readonly gateway: {
    readonly host: string;
    /** 0: any free port. */
    readonly port: number;
    /** Absolute, without a trailing slash. */
    readonly server: string;
    readonly name: string;
    readonly tokenFile: string | undefined;
    /** Undefined: no copy is kept. */
    readonly dataDir: string | undefined;
    /** `https://api.example.com` */
    readonly publicOrigin: string | undefined;
    /** Canonical addresses and ranges. */
    readonly trustedProxies: readonly string[];
    /** Calls of caches further out; `{key}` in URL, headers and body stands for the surrogate key. */
    readonly purge: readonly PurgeHookConfig[];
    /** Undefined: no reverse proxy. */
    readonly proxy: ProxyConfig | undefined;
  };
}

/** The reverse proxy of a gateway. */
export interface ProxyConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** `http://127.0.0.1:3000`; undefined: each service has its own. */
  readonly upstream: string | undefined;
  /** Origins by name of the service. */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly keepHost: boolean;
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly headerLimitBytes: number;
  /** 0: no limit. */
  readonly bodyLimitBytes: number;
  /** 0: no answer is stored. */
  readonly cacheBytes: number;
  readonly cacheBodyLimitBytes: number;
  readonly cacheWaitMs: number;
  /** In lower case. */
  readonly cacheIgnoredHeaders: readonly string[];
  readonly sharedCaches: boolean;
  /** 0: browsers ask each time. */
  readonly browserSeconds: number;
}

export interface PurgeHookConfig {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}
