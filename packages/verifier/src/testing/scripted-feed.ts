import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FeedAck, StalenessBounds, UsageBatch } from '@latchkey/wire/feed';
import {
  formatAckAnswer,
  formatRecord,
  formatSnapshotEnd,
  formatSse,
  formatUsageBatchAnswer,
  parseAck,
  parseUsageBatch,
} from '@latchkey/wire/feed';
import type { History } from '../feed/testing/history.ts';
import { changeData, cursorAt, heartbeatOf, helloOf, STALENESS, stateAt } from '../feed/testing/history.ts';

/** A server that speaks the feed as it is told to, over real HTTP. */
export interface ScriptedFeed {
  readonly url: string;
  history: History;
  /** What it tells from now on. */
  staleness: StalenessBounds;
  /** Requests so far, but for reports of usage: method, path and query. */
  readonly requests: string[];
  readonly acks: FeedAck[];
  /** What was reported of usage, each batch as often as it came. */
  readonly usage: UsageBatch[];
  /** The time that reports of usage are answered with; undefined: they are answered 503. */
  serverTime: number | undefined;
  /** Streams that are open. */
  readonly streams: Set<ServerResponse>;
  /** What is done with a call in place of the right thing; undefined: the right thing. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Writes to every open stream. */
  send(text: string): void;
  /** Sends the changes after the first `from` ones, and a heartbeat. */
  sendChanges(from: number): void;
  heartbeat(): void;
  close(): Promise<void>;
}

export async function startScriptedFeed(history: History): Promise<ScriptedFeed> {
  const server = createServer((request, response) => void handle(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const feed: ScriptedFeed = {
    url: `http://127.0.0.1:${port}`,
    history,
    staleness: STALENESS,
    requests: [],
    acks: [],
    usage: [],
    serverTime: 1,
    streams: new Set(),
    answer: () => false,
    send(piece) {
      for (const stream of feed.streams) stream.write(piece);
    },
    sendChanges(from) {
      for (const change of feed.history.changes.slice(from)) {
        feed.send(formatSse('change', changeData(change), change.cursor));
      }
      feed.heartbeat();
    },
    heartbeat: () => feed.send(formatSse('heartbeat', heartbeatOf(feed.history))),
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', feed.url);
    const body = request.method === 'POST' ? await text(request) : '';
    if (url.pathname === '/v1/usage/batches') {
      takeUsage(body, response);
      return;
    }
    feed.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (feed.answer(request, response)) return;
    if (url.pathname === '/v1/feed/snapshot') response.end(snapshotOf(feed.history));
    else if (url.pathname === '/v1/feed/acks') {
      const parsed = parseAck(body);
      if (parsed.ok) feed.acks.push(parsed.ack);
      const head = cursorAt(feed.history, feed.history.changes.length);
      response.end(formatAckAnswer({ head, serverTime: 1, staleness: feed.staleness }));
    } else openStream(url.searchParams.get('cursor'), response);
  }

  function takeUsage(body: string, response: ServerResponse): void {
    const parsed = parseUsageBatch(body);
    if (parsed.ok) feed.usage.push(parsed.batch);
    const { serverTime } = feed;
    if (parsed.ok && serverTime !== undefined) {
      response.end(formatUsageBatchAnswer({ taken: true, serverTime, unknownTokens: [], addresses: false }));
    } else response.writeHead(parsed.ok ? 503 : 400).end();
  }

  function openStream(cursor: string | null, response: ServerResponse): void {
    const from = [...feed.history.changes.keys(), feed.history.changes.length].find(
      (revision) => cursorAt(feed.history, revision) === cursor,
    );
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(formatSse('hello', helloOf(feed.history, from === undefined, feed.staleness)));
    if (from !== undefined) {
      for (const change of feed.history.changes.slice(from)) {
        response.write(formatSse('change', changeData(change), change.cursor));
      }
    }
    feed.streams.add(response);
    response.once('close', () => feed.streams.delete(response));
  }

  return feed;
}

export function snapshotOf(history: History): string {
  const revision = history.changes.length;
  const records = stateAt(history, revision);
  const lines = records.map((record) => `${formatRecord(record)}\n`).join('');
  const sha256 = createHash('sha256').update(lines).digest('hex');
  const cursor = cursorAt(history, revision);
  const end = formatSnapshotEnd({ cursor, epoch: history.epoch, revision, records: records.length, sha256 });
  return `${lines}${end}\n`;
}
