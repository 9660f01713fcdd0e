import { request } from 'node:http';
import type { TestBrowser } from './browser.ts';

/** A call whose last byte is held back. */
export interface HeldCall {
  /** Sends the last byte; the status of the answer, and its `code`. */
  finish(): Promise<readonly [status: number, code: string | undefined]>;
}

/**
 * Begins a call with the cookies that a browser has now. Resolves once the server has taken the head of the request, which it
 * tells by `100 Continue`.
 */
export async function holdCall(
  url: string,
  { cookies }: Pick<TestBrowser, 'cookies'>,
  method: string,
  path: string,
  body: unknown,
): Promise<HeldCall> {
  const bytes = Buffer.from(JSON.stringify(body));
  const call = request(`${url}${path}`, {
    method,
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      'content-length': bytes.length,
      expect: '100-continue',
    },
  });
  const answered = new Promise<readonly [number, string | undefined]>((resolve, reject) => {
    call.once('error', reject);
    call.once('response', async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString('utf8');
      const code: unknown = text === '' ? undefined : Object(JSON.parse(text)).code;
      resolve([response.statusCode ?? 0, code === undefined ? undefined : String(code)]);
    });
  });
  await new Promise<void>((resolve, reject) => {
    call.once('continue', resolve).once('error', reject);
    call.flushHeaders();
  });
  call.write(bytes.subarray(0, -1));
  return {
    finish() {
      call.end(bytes.subarray(-1));
      return answered;
    },
  };
}
