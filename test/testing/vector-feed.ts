import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  formatAckAnswer,
  formatHeartbeat,
  formatHello,
  formatSnapshotEnd,
  formatSse,
} from '@latchkey/wire/feed';

/** A feed with one snapshot, on which nothing happens. */
export interface VectorFeed {
  readonly url: string;
  close(): void;
}

/** @param records as they stand on the wire */
export async function startVectorFeed(records: readonly object[]): Promise<VectorFeed> {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const sha256 = createHash('sha256').update(lines).digest('hex');
  const revision = 1_000_000;
  const epoch = 'e1';
  const cursor = `${epoch}.${revision}.${'0'.repeat(16)}`;
  const staleness = { secret: 900, temporary: 900, public: 3600 };
  const about = { verifier: 'v', connection: 'c', epoch, head: cursor, serverTime: 1, minVersion: '0.1.0' };
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    request.resume();
    if (url.pathname === '/v1/feed/snapshot') {
      const end = { cursor, epoch, revision, records: records.length, sha256 };
      response.end(`${lines}${formatSnapshotEnd(end)}\n`);
    } else if (url.pathname === '/v1/feed/acks') {
      response.end(formatAckAnswer({ head: cursor, serverTime: 1, staleness }));
    } else {
      const resync = url.searchParams.get('cursor') !== cursor;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(formatSse('hello', formatHello({ ...about, resync, staleness })));
      const beat = formatSse('heartbeat', formatHeartbeat({ head: cursor, serverTime: 1 }));
      timers.add(setInterval(() => response.write(beat), 1000));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      server.close();
    },
  };
}
