import { connect, type Socket } from 'node:net';

/** Calls at a steady rate over kept connections; one that finds all of them busy waits, and is made late. */
export interface PacedCalls {
  /** Resolves when all calls of that many seconds are answered. Rejects where one is not answered with 200. */
  run(
    seconds: number,
    request: (count: number) => Buffer,
  ): Promise<{ readonly done: number; readonly seconds: number }>;
  close(): void;
}

const TICK_MS = 5;

export async function openPacedCalls(options: {
  readonly port: number;
  readonly connections: number;
  readonly rate: number;
}): Promise<PacedCalls> {
  const sockets = await Promise.all(Array.from({ length: options.connections }, () => open(options.port)));
  return {
    run(seconds, request) {
      return new Promise((resolve, reject) => {
        const wanted = Math.round(seconds * options.rate);
        const idle = [...sockets];
        const started = performance.now();
        let asked = 0;
        let done = 0;
        const give = () => {
          const due = Math.min(wanted, ((performance.now() - started) / 1000) * options.rate);
          // The one that waited longest: a connection without a first request is closed by the server after 15 s.
          for (let socket = idle.shift(); socket !== undefined; socket = idle.shift()) {
            if (asked >= due) {
              idle.unshift(socket);
              return;
            }
            socket.write(request(asked));
            asked += 1;
          }
        };
        const timer = setInterval(give, TICK_MS);
        const fail = (error: Error) => {
          clearInterval(timer);
          reject(error);
        };
        for (const socket of sockets) {
          socket.once('error', fail);
          socket.on('data', (chunk) => {
            // Answers are small: each comes in one piece.
            if (chunk.toString('latin1', 9, 12) !== '200') return fail(new Error(chunk.toString('latin1')));
            done += 1;
            idle.push(socket);
            if (done === wanted) {
              clearInterval(timer);
              resolve({ done, seconds: (performance.now() - started) / 1000 });
            } else give();
          });
        }
      });
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
