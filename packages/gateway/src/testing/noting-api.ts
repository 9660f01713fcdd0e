import type { IncomingMessage, RequestListener } from 'node:http';

/** What an API got, as it came. */
export interface Noted {
  readonly method: string;
  readonly target: string;
  /** As the API reads them where it is CGI or alike: in lower case, whatever is no letter or digit as a hyphen. Every value kept. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly raw: readonly string[];
  readonly body: string;
}

/** An API that notes every request and answers 200 `in`. */
export function notingApi(): { readonly listener: RequestListener; readonly noted: Noted[] } {
  const noted: Noted[] = [];
  return {
    noted,
    async listener(incoming, response) {
      noted.push(await note(incoming));
      response.end('in');
    },
  };
}

async function note(incoming: IncomingMessage): Promise<Noted> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers: Record<string, string[]> = {};
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    const name = (incoming.rawHeaders[at] ?? '').toLowerCase().replace(/[^a-z0-9]/g, '-');
    headers[name] = [...(headers[name] ?? []), incoming.rawHeaders[at + 1] ?? ''];
  }
  const { method = '', url: target = '', rawHeaders: raw } = incoming;
  return { method, target, headers, raw, body: Buffer.concat(chunks).toString() };
}
