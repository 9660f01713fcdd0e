import {
  type CurlProblem,
  type DescribedRequest,
  describeRequest,
  readCurlCommand,
} from '@latchkey/wire/curl';

/** What somebody pasted to have it explained. */
export type Pasted =
  | { readonly kind: 'request'; readonly request: DescribedRequest }
  | { readonly kind: 'refusal'; readonly requestId: string }
  | { readonly kind: 'unreadable'; readonly problem: CurlProblem | 'nothing' | 'unknown_form' };

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{7,127}$/;
/** A host and perhaps a path, without a scheme. */
const ADDRESS = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:[/?].*)?$/i;

/**
 * Reads a curl command, an address or a path, the id of a refused request, or the whole answer of a refusal, which holds that id.
 * A token in the text is taken out of the request and stands in `token`.
 */
export function readPasted(text: string): Pasted {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'unreadable', problem: 'nothing' };
  // A prompt before the command is copied along from many guides.
  const command = trimmed.replace(/^\$\s+/, '');
  if (/^(?:\S*\/)?curl(?:\.exe)?\s/.test(command)) {
    const request = readCurlCommand(command);
    if (typeof request === 'string') return { kind: 'unreadable', problem: request };
    return { kind: 'request', request };
  }
  if (trimmed.startsWith('{')) {
    const requestId = requestIdIn(trimmed);
    if (requestId === undefined) return { kind: 'unreadable', problem: 'unknown_form' };
    return { kind: 'refusal', requestId };
  }
  const [method, address] = /^([A-Z]+)\s+(\S+)$/.exec(trimmed)?.slice(1) ?? ['GET', trimmed];
  if (/^https?:\/\/[^\s]+$/i.test(address ?? '') || /^\/\S*$/.test(address ?? '')) {
    return requestTo(method ?? 'GET', address ?? '');
  }
  if (REQUEST_ID.test(trimmed)) return { kind: 'refusal', requestId: trimmed };
  if (ADDRESS.test(trimmed)) return requestTo('GET', `https://${trimmed}`);
  return { kind: 'unreadable', problem: 'unknown_form' };
}

function requestTo(method: string, url: string): Pasted {
  return { kind: 'request', request: describeRequest({ method, url, headers: {} }) };
}

function requestIdIn(json: string): string | undefined {
  try {
    const body: unknown = JSON.parse(json);
    if (typeof body !== 'object' || body === null || !('requestId' in body)) return undefined;
    return typeof body.requestId === 'string' && REQUEST_ID.test(body.requestId) ? body.requestId : undefined;
  } catch {
    return undefined;
  }
}
