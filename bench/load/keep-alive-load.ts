import { connect, type Socket } from 'node:net';

export interface Load {
  readonly host: string;
  readonly port: number;
  /** How many connections, each with one request underway. */
  readonly connections: number;
  readonly durationMs: number;
  /** The bytes of the request with this number. */
  readonly request: (index: number) => Buffer;
  readonly expectStatus: number;
  /** Given the body of each answer, where it is wanted. */
  readonly onBody?: (body: string) => void;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Sends requests over kept connections, the next one when the last is answered. Bytes are written and answers are cut by
 * `Content-Length`, so that the load costs little beside what it measures.
 * @throws Error when an answer has another status, no length, or a connection breaks
 */
export async function runLoad(load: Load): Promise<Measured> {
  const latencies: number[] = [];
  const end = performance.now() + load.durationMs;
  let index = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const connection = await open(load.host, load.port);
      try {
        while (performance.now() < end) {
          const sent = performance.now();
          const answer = await exchange(connection, load.request(index++));
          latencies.push(performance.now() - sent);
          if (answer.status !== load.expectStatus) throw new Error(`status ${answer.status}: ${answer.body}`);
          load.onBody?.(answer.body);
        }
      } finally {
        connection.destroy();
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The bytes of a request with a JSON body or none. */
export function requestBytes(
  method: string,
  target: string,
  token: string | undefined,
  body?: unknown,
): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(json)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`);
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function exchange(
  socket: Socket,
  request: Buffer,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const done = () => {
      socket.off('data', onData);
      socket.off('close', onClose);
    };
    const onClose = () => {
      done();
      reject(new Error(`the connection broke after: ${received.toString('latin1')}`));
    };
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = received.subarray(0, headEnd).toString('latin1');
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) {
        done();
        reject(new Error(`an answer without Content-Length:\n${head}`));
        return;
      }
      if (received.length < headEnd + 4 + Number(length)) return;
      done();
      resolve({ status: Number(head.slice(9, 12)), body: received.subarray(headEnd + 4).toString('utf8') });
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.write(request);
  });
}
