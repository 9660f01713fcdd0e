import type { TestServer } from './start-test-server.ts';

export interface HandVerifier {
  /** Waits until the revision has come, and acknowledges it. */
  apply(revision: number): Promise<void>;
  close(): Promise<void>;
}

/** A verifier by hand: it has applied nothing until it is told to. */
export async function connectByHand(server: TestServer): Promise<HandVerifier> {
  const { json } = await server.callAs(server.operator, 'POST', '/v1/tokens', { scopes: ['verifiers:sync'] });
  const headers = { authorization: `Bearer ${String(json?.token)}` };
  const end = new AbortController();
  const stream = async (cursor: string) => {
    const response = await fetch(`${server.url}/v1/feed?instance=one&cursor=${cursor}`, {
      headers,
      signal: end.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const seen = { text: '' };
    const until = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const match = pattern.exec(seen.text);
        if (match !== null) return match[1] ?? '';
        seen.text += (await reader?.read())?.value ?? '';
      }
    };
    return {
      until,
      connection: await until(/"connection":"([^"]+)"/),
      head: await until(/"head":"([^"]+)"/),
    };
  };
  // The first stream has no cursor and tells the head, from which the second goes on.
  const opened = await stream((await stream('')).head);
  return {
    async apply(revision: number) {
      const applied = await opened.until(new RegExp(`id: ?([^.\\s]+\\.${revision}\\.\\w+)`));
      await fetch(`${server.url}/v1/feed/acks`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ connection: opened.connection, applied, rejected: [], sent: 1 }),
      });
    },
    close: async () => end.abort(),
  };
}
