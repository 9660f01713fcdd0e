import { connect, type Socket } from 'node:net';
import { requestBytes } from './keep-alive-load.ts';

/** Readers of the feed without a replica: they note what came when, and acknowledge it as often as the server asks. */
export interface LightVerifiers {
  /** For each revision that all of them have: when the change was made and when the last one had it, Unix milliseconds. */
  arrivals(): readonly { readonly revision: number; readonly at: number; readonly last: number }[];
  acks(): number;
  close(): void;
}

export interface LightOptions {
  readonly port: number;
  readonly token: string;
  readonly count: number;
  /** Cursor from which all of them begin. */
  readonly cursor: string;
}

const ID = Buffer.from('\nid: ');
const ACK_EVERY_MS = 1000;

/** Resolves once each of them has its hello. Rejects where a stream is refused. */
export async function startLightVerifiers(options: LightOptions): Promise<LightVerifiers> {
  const first = revisionOf(options.cursor);
  const times = new Map<number, number>();
  const seen = { counts: [] as number[], lasts: [] as number[] };
  let acks = 0;
  const sockets: Socket[] = [];
  const timers: NodeJS.Timeout[] = [];

  function follow(number: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
      sockets.push(socket);
      let revision = first;
      let cursor = options.cursor;
      let rest: Buffer = Buffer.alloc(0);
      let isGreeted = false;
      socket.once('error', reject);
      socket.write(
        requestBytes('GET', `/v1/feed?cursor=${options.cursor}&instance=light-${number}`, options.token),
      );
      socket.on('data', (chunk) => {
        const now = Date.now();
        const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        if (!isGreeted) {
          const hello = /"connection":"([^"]+)".*?"resync":(true|false)/.exec(data.toString('latin1'));
          if (hello === null) {
            rest = data;
            return;
          }
          if (hello[2] === 'true') reject(new Error('a light verifier was told to fetch the snapshot'));
          isGreeted = true;
          acknowledge(hello[1] ?? '', () => cursor);
          resolve();
        }
        if (number === 0) noteTimes(data, times);
        const whole = data.lastIndexOf('\n\n');
        const newest = whole < 0 ? -1 : data.lastIndexOf(ID, whole);
        if (newest >= 0) {
          cursor = data.toString('latin1', newest + ID.length, data.indexOf(10, newest + ID.length));
          const upTo = revisionOf(cursor);
          for (; revision < upTo; revision += 1) {
            const index = revision - first;
            seen.counts[index] = (seen.counts[index] ?? 0) + 1;
            seen.lasts[index] = now;
          }
        }
        rest = data.subarray(Math.max(whole, 0));
      });
    });
  }

  function acknowledge(connection: string, cursor: () => string): void {
    const socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (chunk.toString('latin1', 9, 12) === '200') acks += 1;
    });
    let sent = 0;
    const send = () => {
      sent += 1;
      const ack = { connection, applied: cursor(), rejected: [], sent };
      socket.write(requestBytes('POST', '/v1/feed/acks', options.token, ack));
    };
    timers.push(
      setTimeout(() => {
        send();
        timers.push(setInterval(send, ACK_EVERY_MS));
      }, Math.random() * ACK_EVERY_MS),
    );
  }

  for (let number = 0; number < options.count; number += 50) {
    const group = Array.from({ length: Math.min(50, options.count - number) }, (_, of) =>
      follow(number + of),
    );
    await Promise.all(group);
  }
  return {
    arrivals() {
      return seen.counts.flatMap((count, index) => {
        const revision = first + index + 1;
        const at = times.get(revision);
        const last = seen.lasts[index];
        return count === options.count && at !== undefined && last !== undefined
          ? [{ revision, at, last }]
          : [];
      });
    },
    acks: () => acks,
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}

function revisionOf(cursor: string): number {
  return Number(cursor.split('.')[1]);
}

function noteTimes(data: Buffer, times: Map<number, number>): void {
  for (const [, revision, at] of data.toString('latin1').matchAll(/"revision":(\d+),"at":(\d+)/g)) {
    times.set(Number(revision), Number(at));
  }
}
