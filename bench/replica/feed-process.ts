import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  formatAckAnswer,
  formatHeartbeat,
  formatHello,
  formatRecord,
  formatSnapshotEnd,
  formatSse,
} from '@latchkey/wire/feed';
import { typicalToken } from './typical-tokens.ts';

// Serves one snapshot of typical tokens, from a file, and a stream on which nothing happens. `resync`, on the standard input,
// begins another epoch: every verifier then fetches the snapshot again.
// Run by replica.ts: feed-process.ts <file> <tokens> <epoch in ms>

const [file = '', count = '', epochMs = ''] = process.argv.slice(2);
const tokens = Number(count);
const staleness = { secret: 900, temporary: 900, public: 3600 };
const streams = new Set<ServerResponse>();
let epoch = 'e1';
const sha256 = await writeRecords();
const cursor = (): string => `${epoch}.${tokens}.${'0'.repeat(16)}`;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/v1/feed/snapshot') {
    for await (const chunk of createReadStream(file)) {
      if (!response.write(chunk)) await once(response, 'drain');
    }
    const end = { cursor: cursor(), epoch, revision: tokens, records: tokens, sha256 };
    response.end(`${formatSnapshotEnd(end)}\n`);
  } else if (url.pathname === '/v1/feed/acks') {
    request.resume();
    response.end(formatAckAnswer({ head: cursor(), serverTime: 1, staleness }));
  } else {
    const resync = url.searchParams.get('cursor') !== cursor();
    const about = {
      verifier: 'v',
      connection: 'c',
      epoch,
      head: cursor(),
      serverTime: 1,
      minVersion: '0.1.0',
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(formatSse('hello', formatHello({ ...about, resync, staleness })));
    streams.add(response);
    response.once('close', () => streams.delete(response));
  }
});
setInterval(() => {
  for (const stream of streams) {
    stream.write(formatSse('heartbeat', formatHeartbeat({ head: cursor(), serverTime: 1 })));
  }
}, 1000);
process.stdin.on('data', () => {
  epoch = `${epoch}x`;
  for (const stream of streams) stream.end();
});
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log((server.address() as AddressInfo).port);

async function writeRecords(): Promise<string> {
  const hash = createHash('sha256');
  const out = createWriteStream(file);
  for (let n = 0; n < tokens; n += 1) {
    const line = `${formatRecord(typicalToken(n, Number(epochMs)).record)}\n`;
    hash.update(line);
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return hash.digest('hex');
}
