import * as z from 'zod';

const text = (description: string) => z.string().meta({ description });
const list = (description: string) => z.array(z.string()).meta({ description });
const count = (description: string, max = 1_000_000_000) => z.int().min(0).max(max).meta({ description });
const seconds = (description: string) => z.int().min(1).max(31_536_000).meta({ description });

const section = <T extends z.ZodObject>(schema: T) => schema.prefault({} as z.input<T>);

const ServerSchema = z.strictObject({
  host: text('Address to listen on. Others than this machine reach it only where you say so.').default(
    '127.0.0.1',
  ),
  port: z.int().min(0).max(65_535).meta({ description: 'Port to listen on; 0: any free one.' }).default(8420),
  publicUrl: text(
    'How clients reach the server from outside, behind a proxy say: https://tokens.example.com. Without TLS only on this machine.',
  ).optional(),
  dataDir: text('Folder of the database; made by `latchkey init`.').default('./data'),
  journal: text(
    'File of the revocation journal: on another disk it outlives this one. Left out: revocations.journal in dataDir.',
  ).optional(),
});

const SignInSchema = z.strictObject({
  keyFile: text(
    'File of the key without which the database lets nobody sign in; made where it is missing. Every server of an installation needs the same. Left out: sign-in.key in dataDir.',
  ).optional(),
});

const MailSchema = z.strictObject({
  smtp: text(
    'Server that sends mails to people: smtps://user:password@mail.example.com. Left out: they are put into files in the folder mail of dataDir.',
  ).optional(),
  from: text('Sender of the mails.').default('Latchkey <latchkey@localhost>'),
});

const OperatorSchema = z.strictObject({
  account: text("Name of the operator's own account, made by `latchkey init`.").default('operator'),
});

const ScopeSchema = z.strictObject({
  id: text('resource:action'),
  public: z
    .boolean()
    .meta({ description: 'A token whose scopes are all public may stand in a web page.' })
    .default(false),
  description: text('One sentence: what a token with this scope may do.'),
});

const RouteSchema = z.strictObject({
  methods: list('In capitals; GET covers HEAD.').min(1),
  path: text('/styles/v1/{account}/{style}; a last {rest*} takes what follows.'),
  scopes: list('All of them are needed; empty: any valid token will do.'),
  description: text('One sentence: what the route does.'),
});

const ServiceSchema = z.strictObject({
  name: text('a-z, 0-9 and -, unique.'),
  title: text('Name for people.'),
  description: text('What the API is for.').default(''),
  baseUrl: text('Where the API answers: https://api.example.com.').optional(),
  routes: z.array(RouteSchema),
});

const RateLimitSchema = z.strictObject({
  perMinute: count(
    'Calls of the Tokens API, and native calls that make or change tokens, that an account may make in a minute; 0: no limit.',
  ).default(100),
  anonymousPerMinute: count(
    'Validate and failed calls that an address may make in a minute, and, counted by themselves, tries to sign in; 0: no limit. Left out: as perMinute.',
  ).optional(),
});

const FeedSchema = z.strictObject({
  bufferLimitBytes: z
    .int()
    .min(65_536)
    .max(1_073_741_824)
    .meta({ description: 'What may wait for a slow verifier before its connection is cut.' })
    .default(1_048_576),
  creationWaitMs: count(
    'How long a creation waits for verifiers that are connected and current.',
    10_000,
  ).default(250),
  keepChanges: z
    .int()
    .min(100_000)
    .max(1_000_000_000)
    .meta({
      description:
        'How many of the newest changes are kept, for verifiers that come back and for receipts. Older ones are forgotten, and a verifier that stopped before them reads a snapshot.',
    })
    .default(1_000_000),
});

const StalenessSchema = z.strictObject({
  secret: seconds('How long a verifier may go on with secret tokens without the server, in seconds.').default(
    900,
  ),
  temporary: seconds('The same for temporary tokens.').default(900),
  public: seconds('The same for public tokens.').default(3600),
  scopes: z
    .record(z.string(), seconds('Seconds.'))
    .meta({
      description:
        'Less for tokens that hold a scope, by its name: {orders:write: 60}. The least of all bounds of a token counts.',
    })
    .default({}),
});

const LogSchema = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .meta({ description: 'The least severe that is written.' })
    .default('info'),
});

const milliseconds = (description: string) => z.int().min(1).max(86_400_000).meta({ description });

const days = (description: string) => z.int().min(1).max(3650).meta({ description });

const UsageSchema = z.strictObject({
  minuteDays: days('How long usage is kept minute by minute, in days.').default(2),
  hourDays: days('How long it is kept hour by hour.').default(35),
  dayDays: days('How long it is kept day by day.').default(400),
  refusalHours: z
    .int()
    .min(1)
    .max(720)
    .meta({ description: 'How long a refusal can be explained by its request id, in hours.' })
    .default(24),
  addresses: z
    .boolean()
    .meta({
      description:
        "Whether callers' addresses are counted, as /24 and /48. Verifiers hear of it with their next report.",
    })
    .default(false),
});

const ProxySchema = z.strictObject({
  host: text('Address that the reverse proxy listens on.').default('127.0.0.1'),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .meta({ description: 'Port of the reverse proxy; 0: any free one.' })
    .default(8440),
  upstream: text(
    'Your API, to which the reverse proxy passes on what is allowed: http://127.0.0.1:3000. With neither this nor upstreams no reverse proxy runs.',
  ).optional(),
  upstreams: z
    .record(z.string(), z.string())
    .meta({ description: 'Services that are answered elsewhere, by name: {tiles: http://127.0.0.1:3001}.' })
    .default({}),
  keepHost: z
    .boolean()
    .meta({
      description:
        "Your API gets the client's Host; else its own address, and the client's in X-Forwarded-Host.",
    })
    .default(false),
  connectTimeoutMs: milliseconds('How long a connection to your API may take.').default(5_000),
  firstByteTimeoutMs: milliseconds(
    'How long your API may take until it begins to answer, counted from the end of the request.',
  ).default(60_000),
  idleTimeoutMs: milliseconds('How long a request or an answer may stop on its way.').default(60_000),
  headerLimitBytes: z
    .int()
    .min(1_024)
    .max(1_048_576)
    .meta({
      description: 'What the head of a request or of an answer may take, method, target and all headers.',
    })
    .default(32_768),
  bodyLimitBytes: count('What the body of a request may take; 0: no limit.', 1_099_511_627_776).default(
    104_857_600,
  ),
  cacheBytes: count(
    'What stored answers may take in memory together; 0: no answer is stored.',
    1_099_511_627_776,
  ).default(67_108_864),
  cacheBodyLimitBytes: count('An answer with a larger body is not stored.', 1_073_741_824).default(1_048_576),
  cacheWaitMs: count(
    'How long a request waits for an answer that another request has asked your API for.',
    600_000,
  ).default(5_000),
  cacheIgnoredHeaders: list(
    'Request headers of your clients that change no answer, so that requests with and without them share stored ones: [x-client-version].',
  ).default([]),
  sharedCaches: z
    .boolean()
    .meta({
      description:
        'Shared caches before the gateway (a CDN) may keep what your API calls public, in answers to requests with a token too, and serve it unasked. For those that gateway.purge calls.',
    })
    .default(false),
  browserSeconds: count(
    'How long a browser may use its own copy of an answer to a token without asking, where your API allows it; 0: it asks each time.',
    31_536_000,
  ).default(0),
});

const PurgeSchema = z.strictObject({
  url: text('Where it is called; {key} stands for the surrogate key: https://api.cdn.example/purge/{key}.'),
  method: text('PURGE, POST, DELETE.').default('POST'),
  headers: z
    .record(z.string(), z.string())
    .meta({ description: 'Headers; {key} in a value stands for the surrogate key.' })
    .default({}),
  body: text('The body; {key} in it stands for the surrogate key.').optional(),
});

const GatewaySchema = z.strictObject({
  host: text(
    'Address that the doors listen on. A door belongs beside its gateway, never on the internet.',
  ).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).meta({ description: 'Port of the doors; 0: any free one.' }).default(8430),
  server: text('Where the Latchkey server is, which the doors follow.').default('http://127.0.0.1:8420'),
  name: text('What people call this gateway, in the list of verifiers.').default('gateway'),
  tokenFile: text(
    'File with the token for the feed (scope verifiers:sync). `--token-file` and LATCHKEY_TOKEN go before it.',
  ).optional(),
  dataDir: text(
    'Folder of the copy that the gateway goes on from when it is restarted while the server cannot be reached; empty: none is kept.',
  ).default('./gateway-data'),
  publicOrigin: text(
    "Your API's own origin as browsers see it, for pages that it serves itself: https://api.example.com.",
  ).optional(),
  trustedProxies: list(
    'Addresses and CIDR ranges of the gateways that may ask the doors, and of proxies in front of them: [127.0.0.1]. Nobody by default, and then the doors refuse every request, and the reverse proxy believes no forwarding header.',
  ).default([]),
  proxy: section(ProxySchema),
  purge: z
    .array(PurgeSchema)
    .meta({
      description:
        'Calls that make caches further out forget the answers to a token, with the key latchkey-<token id> or latchkey-account-<account>. Called when a token that the gateway knows is revoked or changed, or its account suspended.',
    })
    .default([]),
});

/** `latchkey.yaml`. The published JSON Schema is made from this. */
export const ConfigSchema = z
  .strictObject({
    server: section(ServerSchema),
    operator: section(OperatorSchema),
    signIn: section(SignInSchema),
    mail: section(MailSchema),
    scopes: z.array(ScopeSchema).optional().meta({
      description:
        "The operator's scopes. Left out: the catalogue that ships. Latchkey's own are always there.",
    }),
    services: z
      .array(ServiceSchema)
      .meta({ description: 'Your APIs: which scopes each route needs.' })
      .default([]),
    appSchemes: list(
      'Schemes of native shells that URL restrictions may name: capacitor, ionic, tauri.',
    ).default([]),
    rateLimit: section(RateLimitSchema),
    trustedProxies: list(
      'Addresses and CIDR ranges whose X-Forwarded-For is believed. Nobody by default.',
    ).default([]),
    secretInQuery: z
      .enum(['flag', 'refuse', 'accept'])
      .meta({
        description: 'Secret tokens in a query string. The Tokens API always takes them, for its clients.',
      })
      .default('flag'),
    feed: section(FeedSchema),
    staleness: section(StalenessSchema),
    usage: section(UsageSchema),
    log: section(LogSchema),
    gateway: section(GatewaySchema),
  })
  .meta({ title: 'latchkey.yaml', description: 'Configuration of a Latchkey server, and of its gateways.' });

export type ConfigFile = z.output<typeof ConfigSchema>;
