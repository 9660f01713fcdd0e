/** The directions of ARCHITECTURE.md as rules that fail. Change the design, not the rule. */
const inPackage = (name) => `^packages/${name}/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Imports flow one way, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-nobody',
      comment: 'Core is pure: no other package, no Node, only ipaddr.js.',
      severity: 'error',
      from: { path: inPackage('core'), pathNot: '\\.test\\.ts$|/testing/' },
      to: { pathNot: [inPackage('core'), 'node_modules/ipaddr\\.js'] },
    },
    {
      name: 'wire-imports-core-only',
      severity: 'error',
      from: { path: inPackage('wire'), pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|examples)/', pathNot: '^packages/(wire|core)/' },
    },
    {
      name: 'feed-has-no-zod',
      comment: 'The verifier installs wire/feed; zod must not come with it.',
      severity: 'error',
      from: { path: '^packages/(wire/src/(feed|metrics)|verifier|core)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/zod' },
    },
    {
      name: 'verifier-imports-core-and-feed-only',
      severity: 'error',
      from: { path: inPackage('verifier'), pathNot: '\\.test\\.ts$|/testing/' },
      to: {
        path: '^(packages|examples|node_modules)/',
        pathNot: [
          '^packages/(verifier|core)/',
          '^packages/wire/src/(feed|metrics)/',
          'node_modules/fastify/',
          // What clients are called is a list that somebody has to keep.
          'node_modules/bowser/',
        ],
      },
    },
    {
      name: 'middlewares-import-only-types-of-their-framework',
      comment: 'Whoever installs the verifier installs no framework with it.',
      severity: 'error',
      from: { path: inPackage('verifier'), pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: 'node_modules/fastify/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'gateway-imports-core-and-verifier-only',
      comment: 'A gateway is a verifier behind network doors; the doors need node:http and nothing else.',
      severity: 'error',
      from: { path: inPackage('gateway'), pathNot: '\\.test\\.ts$|/testing/' },
      to: {
        path: '^(packages|examples|node_modules)/',
        pathNot: [
          '^packages/(gateway|core|verifier)/',
          'node_modules/(undici|undici-types|http-cache-semantics|@types/http-cache-semantics)/',
        ],
      },
    },
    {
      name: 'only-upstream-names-the-http-client',
      comment: 'Doors and the response cache know an upstream as a function.',
      severity: 'error',
      from: { path: inPackage('gateway'), pathNot: '^packages/gateway/src/upstream/' },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'cache-stands-before-the-upstream',
      comment: 'The response cache is a Forward around a Forward: it knows neither doors nor verifier.',
      severity: 'error',
      from: { path: '^packages/gateway/src/cache/', pathNot: '\\.test\\.ts$|cache-metrics' },
      to: {
        path: '^packages/',
        pathNot: '^packages/gateway/src/(cache/|header-fields/|upstream/(forward|with-head))',
      },
    },
    {
      name: 'server-imports-core-and-wire-only',
      severity: 'error',
      from: { path: inPackage('server'), pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^(packages|examples)/', pathNot: '^packages/(server|core|wire)/' },
    },
    {
      name: 'dashboard-imports-core-and-wire-only',
      comment: 'It is a client of the API as any other.',
      severity: 'error',
      from: { path: inPackage('dashboard'), pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|examples)/', pathNot: '^packages/(dashboard|core|wire)/' },
    },
    {
      name: 'dashboard-layers',
      comment: 'In dashboard: app → features → session → api → ui → language; theme and messages below all.',
      severity: 'error',
      from: { path: '^packages/dashboard/src/features/' },
      to: { path: '^packages/dashboard/src/(app|main)' },
    },
    ...[
      ['session', 'app|features'],
      ['api', 'app|features|session'],
      ['ui', 'app|features|session|api'],
      ['language', 'app|features|session|api|ui'],
      ['theme', 'app|features|session|api|ui|language'],
    ].map(([layer, above]) => ({
      name: `dashboard-${layer}-knows-nothing-above`,
      severity: 'error',
      from: { path: `^packages/dashboard/src/${layer}/` },
      to: { path: `^packages/dashboard/src/(${above})/` },
    })),
    {
      name: 'dashboard-features-are-islands',
      severity: 'error',
      from: { path: '^packages/dashboard/src/features/([^/]+)/' },
      to: { path: '^packages/dashboard/src/features/', pathNot: '^packages/dashboard/src/features/$1/' },
    },
    {
      name: 'only-queries-call-the-api',
      comment: 'In a feature only queries.ts talks to the API; screens get data and callbacks.',
      severity: 'error',
      from: {
        path: '^packages/dashboard/src/features/',
        pathNot: '/queries\\.ts$|/[a-z-]+-queries\\.ts$|\\.test\\.ts$',
      },
      to: { path: '^packages/dashboard/src/api/client\\.ts$' },
    },
    {
      name: 'cli-does-not-import-the-verifier',
      severity: 'error',
      from: { path: inPackage('cli'), pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages/verifier|examples)/' },
    },
    {
      name: 'features-do-not-know-http',
      comment: 'In server: http → rotation → tokens | accounts | feed | audit → store.',
      severity: 'error',
      from: {
        path: '^packages/server/src/(rotation|tokens|accounts|people|members|audit|store)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^packages/server/src/(http|feed)/|node_modules/(hono|@hono)/' },
    },
    {
      name: 'store-knows-no-feature',
      severity: 'error',
      from: { path: '^packages/server/src/store/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/server/src/(http|feed|rotation|tokens|accounts|people|members|audit|config)/' },
    },
    {
      name: 'one-folder-names-better-auth',
      comment: 'It releases almost daily: what is used of it stands behind interfaces of our own.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/server/src/people/better-auth/' },
      to: { path: 'node_modules/(better-auth|@better-auth)/' },
    },
    {
      name: 'only-main-names-an-engine',
      severity: 'error',
      from: {
        path: '^packages/server/src/',
        pathNot: [
          '^packages/server/src/(main|index|start-server)\\.ts$',
          '^packages/server/src/store/sqlite/',
          '\\.test\\.ts$',
          '/testing/',
        ],
      },
      to: { path: '^packages/server/src/store/sqlite/|node_modules/better-sqlite3' },
    },
    {
      name: 'nobody-inside-imports-the-index',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: ['^packages/$1/src/index[.]ts$', '^packages/$1/src/[^/]+/index[.]ts$'] },
    },
    {
      name: 'middlewares-are-islands',
      severity: 'error',
      from: { path: '^packages/verifier/src/middleware/([^/]+)\\.ts$', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/verifier/src/middleware/(node|fetch|express|fastify|hono)\\.ts$' },
    },
    {
      name: 'doors-are-islands',
      severity: 'error',
      from: { path: '^packages/gateway/src/doors/([^/]+)/' },
      to: { path: '^packages/gateway/src/doors/', pathNot: '^packages/gateway/src/doors/$1/' },
    },
    {
      name: 'resolvable',
      comment: 'Packages of types alone (@types/geojson) have no module to find.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(geojson|topojson-specification)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|^packages/server/dashboard/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['latchkey-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
