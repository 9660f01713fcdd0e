import type { Encoding } from './dashboard-files.ts';

/** From the smallest. */
const PREFERRED = ['br', 'gzip'] as const satisfies readonly Encoding[];

/**
 * The smallest form that both sides have, by `Accept-Encoding` (RFC 9110 §12.5.3): a coding with `q=0` is refused, `*` stands for
 * all that are not named. What is not encoded is always had.
 */
export function chooseEncoding(accepted: string | undefined, has: (encoding: Encoding) => boolean): Encoding {
  const weights = new Map<string, number>();
  for (const part of (accepted ?? '').split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    if (coding !== '') weights.set(coding, q === undefined ? 1 : Number(q.slice(2)));
  }
  const isWelcome = (coding: string) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
  return PREFERRED.find((encoding) => has(encoding) && isWelcome(encoding)) ?? 'identity';
}
