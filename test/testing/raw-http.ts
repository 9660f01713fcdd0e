import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Lower-case names; a repeated header keeps every value. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly body: unknown;
}

/** What a request holds, byte for byte: headers in order, repeats and odd bytes included. `Host` and `Connection: close` are added. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** Sent as it is; a `Content-Length` is added unless `headers` has one or a `Transfer-Encoding`. */
  readonly body?: Uint8Array | string;
}

/**
 * Sends what `fetch` would refuse to send or would tidy up, and reads the one answer until the server closes.
 * Header text is written as latin1.
 */
export function rawRequest(baseUrl: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const body = Buffer.from(request.body ?? '');
  const headers = [['Host', `${hostname}:${port}`], ['Connection', 'close'], ...(request.headers ?? [])];
  const names = headers.map(([name = '']) => name.toLowerCase());
  if (
    request.body !== undefined &&
    !names.includes('content-length') &&
    !names.includes('transfer-encoding')
  ) {
    headers.push(['Content-Length', String(body.length)]);
  }
  const head = `${request.method} ${request.target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 s')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (error) => {
      // A server may close before it has read a body that is too long; what it answered still counts.
      if (chunks.length === 0) reject(error);
    });
    socket.on('close', () => {
      try {
        resolve(parseAnswer(Buffer.concat(chunks)));
      } catch (error) {
        reject(error);
      }
    });
    socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  });
}

function parseAnswer(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw new Error(`no whole answer: ${bytes.toString('latin1')}`);
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  const rest = bytes.subarray(end + 4);
  const text = (headers.get('transfer-encoding')?.includes('chunked') ? dechunk(rest) : rest).toString(
    'utf8',
  );
  return { status: Number(statusLine.split(' ')[1]), headers, text, body: parseJson(text) };
}

function dechunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
