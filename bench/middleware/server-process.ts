import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultCatalogue } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';
import { apps } from './apps.ts';

// One app of apps.ts on a free port, which it prints. With the URL of a feed it is guarded by a verifier that follows it.
// Run by middleware.ts: server-process.ts <name> [feed]

const [name = '', feed] = process.argv.slice(2);
const makeApp = apps[name];
if (makeApp === undefined) throw new Error(`there is no app ${name}`);
const requires = defaultCatalogue.scopes.slice(0, 1).map(({ id }) => id);
const verifier = feed === undefined ? undefined : createVerifier({ url: feed, token: 'sk.bench' });
await verifier?.ready();
const server = createServer(await makeApp(verifier, requires));
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log((server.address() as AddressInfo).port);
process.once('SIGTERM', () => process.exit());
