import { connect, type Socket } from 'node:net';
import { updateRequest } from './update-request.ts';

// A process of its own that updates tokens at a given rate whatever the server does, for so many seconds, and then prints how
// the calls were answered. Argument: FloodOptions as JSON.

export interface FloodOptions {
  readonly port: number;
  readonly token: string;
  /** Tokens of acme. */
  readonly ids: readonly string[];
  readonly connections: number;
  readonly rate: number;
  readonly seconds: number;
}

export interface Flooded {
  /** Calls that could not even be sent, because every connection waited for an answer. */
  readonly unsent: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>;
}

const TICK_MS = 5;
const { port, token, ids, connections, rate, seconds } = JSON.parse(process.argv[2] ?? '{}') as FloodOptions;
const statuses: Record<string, number> = {};
const idle: Socket[] = await Promise.all(Array.from({ length: connections }, open));
const all = [...idle];

const started = performance.now();
let asked = 0;
let unsent = 0;
while (performance.now() - started < seconds * 1000) {
  const due = ((performance.now() - started) / 1000) * rate;
  while (asked < due) {
    asked += 1;
    const socket = idle.pop();
    if (socket === undefined) unsent += 1;
    else socket.write(updateRequest(token, ids, asked));
  }
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
for (const socket of all) socket.destroy();
console.log(JSON.stringify({ unsent, statuses } satisfies Flooded));

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      // Answers are small: each comes in one piece.
      const status = chunk.toString('latin1', 9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      idle.push(socket);
    });
  });
}
