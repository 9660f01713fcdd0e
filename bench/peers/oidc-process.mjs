// oidc-provider with introspection and opaque tokens in memory, on a free port. Prints one line of JSON: the port, the client's
// credentials and tokens. Run by compare.mjs: oidc-process.mjs <tokens>
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import Provider from 'oidc-provider';

const count = Number(process.argv[2]);
const client = {
  client_id: 'api',
  client_secret: 'a-secret-of-the-client',
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
};
const server = createServer();
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address();
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    devInteractions: { enabled: false },
  },
});
server.on('request', provider.callback());

const authorization = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`;
const tokens = [];
for (let n = 0; n < count; n += 1) {
  const answer = await fetch(`http://127.0.0.1:${port}/token`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  tokens.push((await answer.json()).access_token);
}
process.stdout.write(`${JSON.stringify({ port, authorization, tokens })}\n`);
process.once('SIGTERM', () => process.exit());
