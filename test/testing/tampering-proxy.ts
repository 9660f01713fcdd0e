import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** The feed of a real server with some of its records changed on the way. */
export interface TamperingProxy {
  readonly url: string;
  /** Given the data of a `change` event and its id; what it answers is sent instead. */
  onChange: (event: SentEvent) => SentEvent;
  /** Given each line of a snapshot but the last, which is made to fit what is sent. */
  onSnapshotLine: (line: string) => string;
  /** Streams are opened without their cursor, so that the server wants the snapshot to be fetched: one that holds all changes. */
  forgetsCursors: boolean;
  /** Snapshots that passed. */
  readonly snapshots: number;
  /** Ends every open stream. */
  endStreams(): void;
  close(): Promise<void>;
}

export interface SentEvent {
  /** The cursor. */
  readonly id: string;
  readonly data: string;
}

export async function startTamperingProxy(target: string): Promise<TamperingProxy> {
  const streams = new Set<ServerResponse>();
  let snapshots = 0;
  let newest: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const isStream = url.pathname === '/v1/feed';
    if (isStream && proxy.forgetsCursors) url.searchParams.delete('cursor');
    if (!isStream && proxy.forgetsCursors && newest !== undefined) url.searchParams.set('atLeast', newest);
    const headers = { ...incoming.headers, host: url.host, 'accept-encoding': 'identity' };
    const onward = forward(url, { method: incoming.method, headers }, (answer) => {
      if (isStream) relayStream(answer, outgoing);
      else if (url.pathname === '/v1/feed/snapshot') void relaySnapshot(answer, outgoing);
      else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });

  function relayStream(answer: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    streams.add(outgoing);
    outgoing.once('close', () => streams.delete(outgoing));
    let rest = '';
    answer.setEncoding('utf8').on('data', (piece: string) => {
      const events = (rest + piece).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) outgoing.write(`${tamper(event)}\n\n`);
    });
    answer.on('end', () => outgoing.end());
    answer.on('error', () => outgoing.destroy());
  }

  function tamper(event: string): string {
    if (!event.includes('event: change') && !event.includes('event:change')) return event;
    const lines = event.split('\n');
    const fieldOf = (name: string) =>
      /^\w+: ?(.*)$/.exec(lines.find((line) => line.startsWith(`${name}:`)) ?? '')?.[1];
    newest = fieldOf('id');
    const { id, data } = proxy.onChange({ id: newest ?? '', data: fieldOf('data') ?? '' });
    return `event: change\nid: ${id}\ndata: ${data}`;
  }

  async function relaySnapshot(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const lines = (await text(answer)).trimEnd().split('\n');
    const end = JSON.parse(lines.pop() ?? '{}') as object;
    const sent = lines.map((line) => `${proxy.onSnapshotLine(line)}\n`).join('');
    const sha256 = createHash('sha256').update(sent).digest('hex');
    snapshots += 1;
    outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
    outgoing.end(`${sent}${JSON.stringify({ ...end, sha256 })}\n`);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const proxy: TamperingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    onChange: (event) => event,
    onSnapshotLine: (line) => line,
    forgetsCursors: false,
    get snapshots() {
      return snapshots;
    },
    endStreams() {
      for (const stream of streams) stream.end();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return proxy;
}
