import { LatchkeyApiError, LatchkeyUnreachableError } from '@latchkey/wire/client';
import type { Translated } from '@latchkey/wire/messages';
import type { ui } from '../messages/en/ui.ts';
import type { ProblemTexts } from './problem-words.ts';

export interface Failure {
  /** What happened, in a few words. */
  readonly title: string;
  /** What was wrong in this case. */
  readonly detail: string | undefined;
  /** What to do next. */
  readonly fix: string | undefined;
  /** Under which the server's log and `explain` know the call. */
  readonly requestId: string | undefined;
  /** The reader lacks a right; trying again does not help. */
  readonly isRefusal: boolean;
}

/** Says of anything that a call can reject with what it means for whoever made it. */
export function describeFailure(
  error: unknown,
  texts: Translated<typeof ui>,
  words: ProblemTexts['words'] = {},
): Failure {
  if (error instanceof LatchkeyApiError) {
    const { retryAfterSeconds: seconds } = error;
    const translated = Object.entries(words).find(([code]) => code === error.code)?.[1];
    const wait = seconds === undefined ? undefined : texts.tryAgainIn({ seconds });
    return {
      title: translated?.title ?? error.message,
      detail: error.detail,
      fix: [translated?.advice, wait].filter((each) => each !== undefined).join(' ') || undefined,
      requestId: error.requestId,
      isRefusal: error.status === 403 || error.status === 404,
    };
  }
  const bare = { detail: undefined, requestId: undefined, isRefusal: false };
  if (error instanceof LatchkeyUnreachableError) {
    if (error.code === 'timeout') return { ...bare, title: texts.timeout, fix: texts.unreachableFix };
    if (error.code === 'connection_failed')
      return { ...bare, title: texts.unreachable, fix: texts.unreachableFix };
    return { ...bare, title: texts.unexpected, fix: texts.unexpectedFix };
  }
  return { ...bare, title: texts.broken, fix: texts.brokenFix };
}
