import { settingsTable } from './settings-table.ts';

/** The page `docs/configuration.md`. */
export function configurationGuide(): string {
  return `# Configuration

A Latchkey server reads \`latchkey.yaml\` of its working directory, or the file that \`--config\` or \`LATCHKEY_CONFIG\` names,
and then the environment, which goes before the file. With neither, it listens on this machine alone, keeps its data in
\`./data\`, and trusts no proxy. \`latchkey config check\` reads a configuration and lists everything that is wrong with it, each
with file, line and column, and how to mend it; the server and the gateway do the same and do not start.

Editors complete and check the file with its schema, \`packages/server/latchkey.schema.json\`:

\`\`\`yaml
# yaml-language-server: $schema=./packages/server/latchkey.schema.json
server:
  port: 8420
  publicUrl: https://tokens.example.com
trustedProxies: [10.0.0.0/8]

scopes:
  - id: orders:read
    description: Read orders.
  - id: catalogue:read
    public: true
    description: Read the public catalogue.

services:
  - name: shop
    title: Shop API
    description: Orders and catalogue.
    baseUrl: https://api.example.com
    routes:
      - methods: [GET]
        path: /catalogue/{rest*}
        scopes: [catalogue:read]
        description: Reads the catalogue.
      - methods: [GET]
        path: /orders/{id}
        scopes: [orders:read]
        description: Reads an order.
\`\`\`

## Every setting

${settingsTable()}

## Scopes

\`scopes\` replaces the catalogue that ships. Latchkey's own scopes (\`tokens:read\`, \`tokens:write\`, \`scopes:list\`, \`audit:read\`,
\`statistics:read\` and the operator's) are always there and cannot be made public. A token whose scopes are all public is a
public token. Tokens keep the scopes that they were given: a change of the catalogue changes none of them.

## Services

\`services\` says which scopes each route of your APIs needs. The page \`/docs/scopes\`, \`GET /v1/services\` and \`explain\` are made from
it. \`{name}\` stands for one segment of a path, a last \`{rest*}\` for one or more. \`GET\` covers \`HEAD\`. Two routes that no request
could tell apart are refused.

## Behind a proxy

Set \`server.publicUrl\` to what clients use: links and the docs are made from it, and it is the origin of pages that the server
serves itself. It is an https address also where TLS ends at the proxy; \`http://\` is taken for this machine alone. List the proxies in \`trustedProxies\`: only from them is \`X-Forwarded-For\` believed, and of its entries the rightmost
that is not itself a trusted proxy counts.

## Gateway

\`gateway\` is for \`latchkey gateway\`, which reads the same file, perhaps on another machine. See [gateway.md](gateway.md).
`;
}
