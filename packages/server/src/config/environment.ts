import { closestName } from '../closest-name.ts';
import type { ConfigPath, ConfigProblem } from './config-problem.ts';

interface Variable {
  readonly path: ConfigPath;
  /** `list`: separated by commas; `json`: what the file would hold, as JSON. */
  readonly form: 'text' | 'number' | 'list' | 'json' | 'boolean';
}

/** Every setting's environment variable; the environment goes before the file. */
export const VARIABLES = {
  LATCHKEY_HOST: { path: ['server', 'host'], form: 'text' },
  LATCHKEY_PORT: { path: ['server', 'port'], form: 'number' },
  LATCHKEY_PUBLIC_URL: { path: ['server', 'publicUrl'], form: 'text' },
  LATCHKEY_DATA_DIR: { path: ['server', 'dataDir'], form: 'text' },
  LATCHKEY_JOURNAL: { path: ['server', 'journal'], form: 'text' },
  LATCHKEY_OPERATOR_ACCOUNT: { path: ['operator', 'account'], form: 'text' },
  LATCHKEY_SIGN_IN_KEY_FILE: { path: ['signIn', 'keyFile'], form: 'text' },
  LATCHKEY_MAIL_SMTP: { path: ['mail', 'smtp'], form: 'text' },
  LATCHKEY_MAIL_FROM: { path: ['mail', 'from'], form: 'text' },
  LATCHKEY_SCOPES: { path: ['scopes'], form: 'json' },
  LATCHKEY_SERVICES: { path: ['services'], form: 'json' },
  LATCHKEY_APP_SCHEMES: { path: ['appSchemes'], form: 'list' },
  LATCHKEY_RATE_LIMIT_PER_MINUTE: { path: ['rateLimit', 'perMinute'], form: 'number' },
  LATCHKEY_RATE_LIMIT_ANONYMOUS_PER_MINUTE: { path: ['rateLimit', 'anonymousPerMinute'], form: 'number' },
  LATCHKEY_TRUSTED_PROXIES: { path: ['trustedProxies'], form: 'list' },
  LATCHKEY_SECRET_IN_QUERY: { path: ['secretInQuery'], form: 'text' },
  LATCHKEY_FEED_BUFFER_LIMIT_BYTES: { path: ['feed', 'bufferLimitBytes'], form: 'number' },
  LATCHKEY_FEED_CREATION_WAIT_MS: { path: ['feed', 'creationWaitMs'], form: 'number' },
  LATCHKEY_FEED_KEEP_CHANGES: { path: ['feed', 'keepChanges'], form: 'number' },
  LATCHKEY_STALENESS_SECRET: { path: ['staleness', 'secret'], form: 'number' },
  LATCHKEY_STALENESS_TEMPORARY: { path: ['staleness', 'temporary'], form: 'number' },
  LATCHKEY_STALENESS_PUBLIC: { path: ['staleness', 'public'], form: 'number' },
  LATCHKEY_STALENESS_SCOPES: { path: ['staleness', 'scopes'], form: 'json' },
  LATCHKEY_USAGE_MINUTE_DAYS: { path: ['usage', 'minuteDays'], form: 'number' },
  LATCHKEY_USAGE_HOUR_DAYS: { path: ['usage', 'hourDays'], form: 'number' },
  LATCHKEY_USAGE_DAY_DAYS: { path: ['usage', 'dayDays'], form: 'number' },
  LATCHKEY_USAGE_REFUSAL_HOURS: { path: ['usage', 'refusalHours'], form: 'number' },
  LATCHKEY_USAGE_ADDRESSES: { path: ['usage', 'addresses'], form: 'boolean' },
  LATCHKEY_LOG_LEVEL: { path: ['log', 'level'], form: 'text' },
  LATCHKEY_GATEWAY_HOST: { path: ['gateway', 'host'], form: 'text' },
  LATCHKEY_GATEWAY_PORT: { path: ['gateway', 'port'], form: 'number' },
  LATCHKEY_GATEWAY_SERVER: { path: ['gateway', 'server'], form: 'text' },
  LATCHKEY_GATEWAY_NAME: { path: ['gateway', 'name'], form: 'text' },
  LATCHKEY_GATEWAY_TOKEN_FILE: { path: ['gateway', 'tokenFile'], form: 'text' },
  LATCHKEY_GATEWAY_DATA_DIR: { path: ['gateway', 'dataDir'], form: 'text' },
  LATCHKEY_GATEWAY_PUBLIC_ORIGIN: { path: ['gateway', 'publicOrigin'], form: 'text' },
  LATCHKEY_GATEWAY_TRUSTED_PROXIES: { path: ['gateway', 'trustedProxies'], form: 'list' },
  LATCHKEY_GATEWAY_PROXY_HOST: { path: ['gateway', 'proxy', 'host'], form: 'text' },
  LATCHKEY_GATEWAY_PROXY_PORT: { path: ['gateway', 'proxy', 'port'], form: 'number' },
  LATCHKEY_GATEWAY_PROXY_UPSTREAM: { path: ['gateway', 'proxy', 'upstream'], form: 'text' },
  LATCHKEY_GATEWAY_PROXY_UPSTREAMS: { path: ['gateway', 'proxy', 'upstreams'], form: 'json' },
  LATCHKEY_GATEWAY_PROXY_KEEP_HOST: { path: ['gateway', 'proxy', 'keepHost'], form: 'boolean' },
  LATCHKEY_GATEWAY_PROXY_CONNECT_TIMEOUT_MS: {
    path: ['gateway', 'proxy', 'connectTimeoutMs'],
    form: 'number',
  },
  LATCHKEY_GATEWAY_PROXY_FIRST_BYTE_TIMEOUT_MS: {
    path: ['gateway', 'proxy', 'firstByteTimeoutMs'],
    form: 'number',
  },
  LATCHKEY_GATEWAY_PROXY_IDLE_TIMEOUT_MS: { path: ['gateway', 'proxy', 'idleTimeoutMs'], form: 'number' },
  LATCHKEY_GATEWAY_PROXY_HEADER_LIMIT_BYTES: {
    path: ['gateway', 'proxy', 'headerLimitBytes'],
    form: 'number',
  },
  LATCHKEY_GATEWAY_PROXY_BODY_LIMIT_BYTES: { path: ['gateway', 'proxy', 'bodyLimitBytes'], form: 'number' },
  LATCHKEY_GATEWAY_PROXY_CACHE_BYTES: { path: ['gateway', 'proxy', 'cacheBytes'], form: 'number' },
  LATCHKEY_GATEWAY_PROXY_CACHE_BODY_LIMIT_BYTES: {
    path: ['gateway', 'proxy', 'cacheBodyLimitBytes'],
    form: 'number',
  },
  LATCHKEY_GATEWAY_PROXY_CACHE_WAIT_MS: { path: ['gateway', 'proxy', 'cacheWaitMs'], form: 'number' },
  LATCHKEY_GATEWAY_PROXY_CACHE_IGNORED_HEADERS: {
    path: ['gateway', 'proxy', 'cacheIgnoredHeaders'],
    form: 'list',
  },
  LATCHKEY_GATEWAY_PROXY_SHARED_CACHES: { path: ['gateway', 'proxy', 'sharedCaches'], form: 'boolean' },
  LATCHKEY_GATEWAY_PROXY_BROWSER_SECONDS: { path: ['gateway', 'proxy', 'browserSeconds'], form: 'number' },
  LATCHKEY_GATEWAY_PURGE: { path: ['gateway', 'purge'], form: 'json' },
} as const satisfies Readonly<Record<string, Variable>>;

/** Variables of Latchkey's other programs, and the one that names the file. */
const OTHERS = [
  'LATCHKEY_CONFIG',
  'LATCHKEY_URL',
  'LATCHKEY_TOKEN',
  'LATCHKEY_CREDENTIALS',
  'LATCHKEY_DEBUG',
  'LATCHKEY_LANG',
];

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Override {
  readonly variable: string;
  readonly path: ConfigPath;
  readonly value: unknown;
}

/** Reads the settings that the environment holds. A variable whose name is nearly that of a setting is a problem: it was meant to be one. */
export function readEnvironment(environment: Environment): {
  readonly overrides: readonly Override[];
  readonly problems: readonly ConfigProblem[];
} {
  const overrides: Override[] = [];
  const problems: ConfigProblem[] = [];
  const known: Readonly<Record<string, Variable>> = VARIABLES;
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('LATCHKEY_') || text === undefined || OTHERS.includes(variable)) continue;
    const found = Object.hasOwn(known, variable) ? known[variable] : undefined;
    if (found === undefined) {
      const meant = closestName(variable, Object.keys(known));
      if (meant === undefined) continue;
      problems.push({ place: variable, field: '', problem: 'is no setting', fix: `Did you mean ${meant}?` });
      continue;
    }
    const { path, form } = found;
    const value = readValue(text, form);
    if (value !== undefined) overrides.push({ variable, path, value });
    else {
      problems.push({ place: variable, field: '', ...UNREADABLE[form] });
    }
  }
  return { overrides, problems };
}

/** What is wrong with a text that does not have the form; the other forms take every text. */
const UNREADABLE: Readonly<Record<Variable['form'], { readonly problem: string; readonly fix: string }>> = {
  text: { problem: 'is no text', fix: 'Write a text.' },
  list: { problem: 'is no list', fix: 'Separate the entries by commas.' },
  number: { problem: 'is not a whole number', fix: 'Write digits only.' },
  boolean: { problem: 'is neither true nor false', fix: 'Write true or false.' },
  json: { problem: 'is not JSON', fix: 'Write it as the file would hold it, in JSON.' },
};

/** Undefined: the text does not have the form. */
function readValue(text: string, form: Variable['form']): unknown {
  switch (form) {
    case 'text':
      return text;
    case 'number':
      return /^-?[0-9]{1,15}$/.test(text.trim()) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : undefined);
    case 'list':
      return text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    default:
      return form satisfies never;
  }
}
