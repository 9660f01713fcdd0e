import type { TokenId } from '../token/token-id.ts';
import { OTHER } from './outcome.ts';
import type { SightedText } from './sighted-texts.ts';

/** The newest request that brought the text of a secret token in a URL, where logs and referrers see it, and was let in. */
export interface UsageExposure {
  readonly token: TokenId;
  readonly service: string;
  /** Empty: none was told. */
  readonly origin: string;
  readonly client: string;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Remembers which secrets came in URLs, until they are taken. */
export interface Exposures {
  note(
    token: TokenId,
    seen: { readonly service: string; readonly origin: SightedText; readonly client: SightedText },
    at: number,
  ): void;
  take(nameOf: (userAgent: string) => string): readonly UsageExposure[];
}

/** So many tokens are remembered at once; another one is noted the next time that it comes. */
export const EXPOSURES_LIMIT = 1000;

export function createExposures(): Exposures {
  let noted = new Map<TokenId, Parameters<Exposures['note']>>();
  return {
    note(token, seen, at) {
      if (noted.size < EXPOSURES_LIMIT || noted.has(token)) noted.set(token, [token, seen, at]);
    },
    take(nameOf) {
      const taken = [...noted.values()];
      noted = new Map();
      return taken.map(([token, { service, origin, client }, at]) => {
        client.name ??= nameOf(client.text);
        return { token, service, origin: origin.name ?? OTHER, client: client.name, at };
      });
    },
  };
}
