import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client's connection on which a test says exactly what it wants. */
export interface RawConnection {
  readonly socket: Socket;
  /** Everything that came so far. */
  text(): string;
  /** Resolves once what came holds this; rejects where the connection ends without it. */
  until(part: string): Promise<string>;
  /** All that came until the connection was closed. */
  rest(): Promise<string>;
}

export async function openRaw(port: number, first = ''): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  let text = '';
  let isClosed = false;
  const looks = new Set<() => void>();
  const look = () => {
    for (const each of looks) each();
  };
  socket.on('data', (part: string) => {
    text += part;
    look();
  });
  socket.once('close', () => {
    isClosed = true;
    look();
  });
  await once(socket, 'connect');
  socket.write(first, 'latin1');

  function when<T>(found: () => T | undefined, wanted: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const value = found();
        if (value === undefined && !isClosed) return;
        looks.delete(check);
        if (value === undefined) reject(new Error(`the connection ended without ${wanted}: ${text}`));
        else resolve(value);
      };
      looks.add(check);
      check();
    });
  }

  return {
    socket,
    text: () => text,
    until: (part) => when(() => (text.includes(part) ? text : undefined), part),
    rest: () => when(() => (isClosed ? text : undefined), 'its end'),
  };
}
