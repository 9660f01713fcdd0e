import { createVerifier, type Verifier } from '@latchkey/verifier';
import { askVerifier } from './local-verifier.ts';

// A program of its own: a verifier that is told, by messages, to ask for a token so many times, and answers how often the token
// was let in. CACHES=1 makes the mistake of keeping decisions by the token's text.

export interface Order {
  readonly token: string;
  readonly times: number;
}

export type Told = { readonly ready: true } | { readonly accepted: number };

const { LATCHKEY_URL = '', LATCHKEY_TOKEN = '', VERIFIER_NAME = '', CACHES } = process.env;
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN, name: VERIFIER_NAME });
const ask = CACHES === '1' ? caching(verifier) : (token: string) => askVerifier(verifier, token);

function caching(of: Verifier): (token: string) => string {
  const kept = new Map<string, string>();
  return (token) => {
    const answer = kept.get(token) ?? askVerifier(of, token);
    kept.set(token, answer);
    return answer;
  };
}

process.on('message', ({ token, times }: Order) => {
  let accepted = 0;
  for (let n = 0; n < times; n += 1) if (ask(token) === 'allow') accepted += 1;
  tell({ accepted });
});
process.on('disconnect', () => void verifier.close());

await verifier.ready();
tell({ ready: true });

function tell(told: Told): void {
  process.send?.(told);
}
