import type { AnswerReceiver } from './forward.ts';

/** A receiver that takes the head in another way, and all else as before. */
export function withHead(receiver: AnswerReceiver, head: AnswerReceiver['head']): AnswerReceiver {
  return {
    head,
    chunk: (chunk) => receiver.chunk(chunk),
    end: (trailers) => receiver.end(trailers),
    fail: (failure) => receiver.fail(failure),
  };
}
