/** Idempotency keys of one form: the same content gets the same key, other content another one. */
export interface SubmissionKeys {
  keyFor(body: unknown): string;
}

/**
 * A form that is sent twice, by a double click or after an answer was lost, thus makes one token; a form that was changed
 * in between is a new request.
 * @param makeKey gives 1 to 255 visible ASCII characters, each time others
 */
export function submissionKeys(makeKey: () => string = () => crypto.randomUUID()): SubmissionKeys {
  const keys = new Map<string, string>();
  return {
    keyFor(body) {
      const content = JSON.stringify(body);
      const key = keys.get(content) ?? makeKey();
      keys.set(content, key);
      return key;
    },
  };
}
