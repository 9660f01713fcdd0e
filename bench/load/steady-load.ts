import { connect, type Socket } from 'node:net';

/** Kept connections to one server, each with one request underway while a slice runs. */
export interface SteadyLoad {
  /** Sends this many requests, going on in the list where the last slice ended; resolves when all are answered 2xx. */
  slice(count: number): Promise<void>;
  close(): void;
}

const HEAD_END = '\r\n\r\n';

/**
 * Opens the connections. Requests are bytes that are written as they are, and an answer as long as the last one is taken for whole,
 * so that the load costs little beside what it measures. During a slice it keeps its core busy.
 * @throws Error from `slice` when an answer is not 2xx, has a body without a length, or a connection breaks
 */
export async function openLoad(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<SteadyLoad> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  let turn = 0;
  let toSend = 0;
  let toCome = 0;
  let usualLength = 0;
  let isClosed = false;
  let finish: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;

  function sendNext(socket: Socket): void {
    if (toSend === 0) return;
    toSend -= 1;
    const request = requests[turn];
    turn = (turn + 1) % requests.length;
    if (request !== undefined) socket.write(request);
  }

  for (const socket of sockets) {
    let received: Buffer | undefined;
    socket.on('data', (chunk: Buffer) => {
      const bytes = received === undefined ? chunk : Buffer.concat([received, chunk]);
      const length = bytes.length === usualLength ? usualLength : lengthOf(bytes);
      if (length === undefined || bytes.length < length) {
        received = bytes;
        return;
      }
      received = undefined;
      usualLength = length;
      // "HTTP/1.1 2"
      if (bytes[9] !== 0x32 || bytes.length > length) {
        fail(new Error(`answered:\n${bytes.toString('latin1')}`));
        return;
      }
      toCome -= 1;
      if (toCome === 0) finish();
      else sendNext(socket);
    });
    socket.once('close', () => fail(new Error(`a connection to port ${port} broke`)));
  }

  /**
   * A load that sleeps has to be woken by the server's writes, which costs a virtual machine more than the request; and it sleeps the
   * more often the slower the server is, so that differences would be exaggerated.
   */
  function stayAwake(): void {
    if (toCome > 0 && !isClosed) setImmediate(stayAwake);
  }

  return {
    slice: (count) =>
      new Promise((resolve, reject) => {
        finish = resolve;
        fail = reject;
        toSend = count;
        toCome = count;
        for (const socket of sockets) sendNext(socket);
        stayAwake();
      }),
    close() {
      isClosed = true;
      fail = () => undefined;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The bytes of a request without a body, from its lines. */
export function requestBytes(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}${HEAD_END}`, 'latin1');
}

/** The length of the answer that begins here; undefined while its head is not whole. */
function lengthOf(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = / 204 /.test(head.slice(8, 13)) ? '0' : /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length:\n${head}`);
  return headEnd + HEAD_END.length + Number(length);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
