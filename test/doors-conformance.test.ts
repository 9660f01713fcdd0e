import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import vectors from '../conformance/decisions.json' with { type: 'json' };
import { generalDialect, nginxDialect } from '../packages/gateway/src/doors/forward-auth/dialect.ts';
import {
  describeArrived,
  describeThroughDoor,
  type GatewayInFront,
} from '../packages/gateway/src/testing/forward-auth-gateway.ts';
import { sendRaw } from '../packages/verifier/src/middleware/testing/raw-http.ts';
import { GATEWAYS, type GatewayName, startShippedGateway } from './testing/shipped-gateways.ts';
import { hasSystemProgram } from './testing/system-program.ts';

// The decision vectors, through real gateways with the shipped configurations, as far as these let them come to the door.

/** Addresses of the vectors are told as a proxy in front of the gateway would. */
function believeForwardedFor(name: GatewayName, text: string): string {
  if (name === 'nginx') {
    const realIp = 'set_real_ip_from 127.0.0.1;\n    real_ip_header X-Forwarded-For;';
    return text.replace('server_tokens off;', `server_tokens off;\n    ${realIp}`);
  }
  return text.replace('uri /forward-auth', 'uri /forward-auth\n\t\ttrusted_proxies 127.0.0.1/8');
}

async function start(name: GatewayName, door: number): Promise<GatewayInFront> {
  const upstream = createServer(({ headers }, response) => {
    response.end(describeArrived((header) => [headers[header]].flat()[0]));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const ports = { door, upstream: (upstream.address() as AddressInfo).port };
  const gateway = await startShippedGateway(name, ports, (text) => believeForwardedFor(name, text));
  const port = Number(new URL(gateway.url).port);
  return {
    send: (request) => sendRaw(port, request),
    async stop() {
      await gateway.stop();
      upstream.closeAllConnections();
      upstream.close();
    },
  };
}

const REPEATED = 'nginx answers a second Authorization header 400 by itself';
const KNOWN_GAPS: Readonly<Record<'nginx' | 'caddy', Readonly<Record<string, string>>>> = {
  nginx: {
    'a repeated Authorization header': REPEATED,
    'a repeated Authorization header in another case': REPEATED,
    'a repeated Authorization header with other schemes': REPEATED,
    'a token of more than 8192 characters': 'nginx answers a header line beyond 8 KiB 400 by itself',
  },
  caddy: {},
};
const DIALECTS = { nginx: nginxDialect, caddy: generalDialect } as const;

for (const name of ['nginx', 'caddy'] as const) {
  const { program, versionArgument } = GATEWAYS[name];
  if (!hasSystemProgram(program, `the decision vectors through ${name}`, versionArgument)) continue;
  describeThroughDoor({
    name: `through ${name}`,
    dialect: DIALECTS[name],
    start: (doorPort) => start(name, doorPort),
    knownGaps: KNOWN_GAPS[name],
  });
}

test('every gap is a vector', () => {
  const names = vectors.decisions.map((vector) => vector.name);
  for (const gaps of Object.values(KNOWN_GAPS))
    expect(names).toEqual(expect.arrayContaining(Object.keys(gaps)));
});
