/**
 * The pieces of a body, up to its end. Rejects with the reason of `signal` once that is aborted.
 *
 * The body is cancelled here, by hand: on Node 20 `fetch` forgets the signal of a call once the garbage collector has taken
 * its request, and a body that never ends would be read for ever.
 */
export async function* readPieces(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

/** The whole body as text; rejects as `readPieces` does. */
export async function readText(response: Response, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (response.body === null) return text;
  for await (const piece of readPieces(response.body, signal))
    text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
