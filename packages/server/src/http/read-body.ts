import type { IncomingMessage } from 'node:http';
import type { Failure } from './failure.ts';
import { parseStrictJson } from './strict-json.ts';

/** Longest body of a call. */
export const BODY_LIMIT_BYTES = 64 * 1024;

export type ReadBody =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | {
      readonly ok: false;
      readonly failure: Failure<
        'body_invalid' | 'invalid_request' | 'payload_too_large' | 'unsupported_media_type'
      >;
    };

const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset[ \t]*=[ \t]*"?utf-8"?)?[ \t]*$/i;

/**
 * Reads a JSON object from a request, at most {@link BODY_LIMIT_BYTES}: nothing beyond is buffered, and the connection
 * of a longer one is closed after the answer.
 */
export async function readBody(incoming: IncomingMessage): Promise<ReadBody> {
  const { 'content-type': type, 'content-encoding': encoding } = incoming.headers;
  if (type === undefined || !JSON_TYPE.test(type)) {
    const detail = 'Send the body with "Content-Type: application/json", in UTF-8.';
    return { ok: false, failure: { code: 'unsupported_media_type', detail } };
  }
  if (encoding !== undefined && encoding !== 'identity') {
    const detail = 'Send the body without Content-Encoding.';
    return { ok: false, failure: { code: 'unsupported_media_type', detail } };
  }
  const bytes = await readBytes(incoming);
  if (bytes === 'too long') {
    const detail = `A body has at most ${BODY_LIMIT_BYTES} bytes.`;
    const failure = { code: 'payload_too_large', detail, headers: { connection: 'close' } } as const;
    return { ok: false, failure };
  }
  if (bytes === 'cut off') {
    return { ok: false, failure: { code: 'invalid_request', detail: 'The body ended before its end.' } };
  }
  const parsed = parseStrictJson(bytes);
  if (parsed.ok) return parsed;
  const { detail, field } = parsed;
  return { ok: false, failure: { code: 'body_invalid', detail, ...(field === undefined ? {} : { field }) } };
}

export type ReadBytes = Uint8Array | 'too long' | 'cut off';

/** The body as it came, at most {@link BODY_LIMIT_BYTES} of it. */
export async function readBytes(incoming: IncomingMessage): Promise<ReadBytes> {
  if (Number(incoming.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return 'too long';
  // Whoever went away while the token was looked up sends no event any more.
  if (incoming.destroyed) return 'cut off';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (bytes: ReadBytes) => {
      incoming.off('data', onChunk).off('end', onEnd).off('error', onCut).off('close', onCut);
      resolve(bytes);
    };
    const onChunk = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else {
        incoming.pause();
        settle('too long');
      }
    };
    const onEnd = () => settle(Buffer.concat(chunks, length));
    const onCut = () => settle('cut off');
    incoming.on('data', onChunk).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}
