import { createSseReader } from '@latchkey/wire/feed';

/** Something of the account was changed, here or elsewhere. */
export interface Change {
  readonly kind: string;
  readonly id: string;
}

/** Why a stream ended: the server does not let this reader follow, or it ended for now and may come back. */
export type StreamEnd = 'refused' | 'broken';

/**
 * Follows the changes of an account until the stream ends or `signal` says so. It is read by `fetch`, because the browser's own reader of
 * event streams cannot say which account it is about.
 */
export async function followChanges(
  account: string,
  onChange: (change: Change) => void,
  { signal, onOpen }: { readonly signal: AbortSignal; readonly onOpen: () => void },
): Promise<StreamEnd> {
  try {
    const answer = await fetch('/v1/events', {
      headers: { accept: 'text/event-stream', 'latchkey-account': account },
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
    if (!answer.ok || answer.body === null)
      return answer.status >= 500 || answer.status === 429 ? 'broken' : 'refused';
    onOpen();
    const events = createSseReader();
    const body = answer.body.getReader();
    for (;;) {
      const { done, value } = await body.read();
      if (done) return 'broken';
      for (const { event, data } of events.push(value)) {
        const change = event === 'change' ? readChange(data) : undefined;
        if (change !== undefined) onChange(change);
      }
    }
  } catch {
    return 'broken';
  }
}

function readChange(data: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return undefined;
    const { kind, id } = value as { readonly kind?: unknown; readonly id?: unknown };
    return typeof kind === 'string' && typeof id === 'string' ? { kind, id } : undefined;
  } catch {
    return undefined;
  }
}
