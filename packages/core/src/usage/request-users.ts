import type { Sighting } from '../decision/check-request.ts';
import { addressBlock } from './address-block.ts';
import { originName } from './origin-name.ts';
import { OTHER } from './outcome.ts';
import { createSightedTexts, type SightedText, type SightedTexts } from './sighted-texts.ts';

/** Knows again from where and with what requests come. Of what it holds nothing is counted; all of it may be forgotten. */
export interface RequestUsers {
  /** In the order of `NONE` and `MANY`. */
  readonly fixedOrigins: readonly [SightedText, SightedText];
  readonly fixedClients: readonly [SightedText, SightedText];
  readonly addresses: SightedTexts;
  originOf(shown: Sighting): SightedText;
  agentOf(userAgent: Sighting): SightedText;
  /** What a text is counted as: thousands share a name, and once it is known they are one client. */
  clientOf(agent: SightedText): SightedText;
  /** Works out what clients are called, so many at most. */
  nameClients(nameOf: (userAgent: string) => string, limit: number): void;
}

/** Stands for the origin of a request that shows none. No header has it. */
export const UNSHOWN = '\0';
const UNNAMED_LIMIT = 512;
/** Names of clients that are known again by their name; the others are told apart by their text, and joined when they are told. */
const NAMES_LIMIT = 1000;
/** Longer ones are cut: the names stand in front. */
const USER_AGENT_LIMIT = 512;

export function createRequestUsers(): RequestUsers {
  const noOrigin = sighted(UNSHOWN, '');
  const manyOrigins = sighted(OTHER, OTHER);
  const noClient = sighted('', '');
  const manyClients = sighted(OTHER, OTHER);
  const names = new Map<string, SightedText>();
  let unnamed: SightedText[] = [];
  const origins = createSightedTexts((text) => sighted(text, originName(text)));
  const agents = createSightedTexts((text) => {
    const fresh = sighted(text, undefined);
    if (unnamed.length < UNNAMED_LIMIT) unnamed.push(fresh);
    return fresh;
  });
  return {
    fixedOrigins: [noOrigin, manyOrigins],
    fixedClients: [noClient, manyClients],
    addresses: createSightedTexts((text) => sighted(text, addressBlock(text))),
    originOf(shown) {
      if (shown === UNSHOWN) return noOrigin;
      return typeof shown === 'string' ? origins.see(shown) : manyOrigins;
    },
    agentOf(userAgent) {
      if (userAgent === undefined || userAgent === '') return noClient;
      if (typeof userAgent !== 'string') return manyClients;
      const { length } = userAgent;
      return agents.see(length > USER_AGENT_LIMIT ? userAgent.slice(0, USER_AGENT_LIMIT) : userAgent);
    },
    clientOf: (agent) => (agent.name === undefined ? agent : (names.get(agent.name) ?? agent)),
    nameClients(nameOf, limit) {
      const now = unnamed.slice(0, limit);
      unnamed = unnamed.slice(limit);
      for (const agent of now) {
        const name = nameOf(agent.text);
        agent.name = name;
        if (!names.has(name) && names.size < NAMES_LIMIT) names.set(name, sighted(name, name));
      }
    },
  };
}

function sighted(text: string, name: string | undefined): SightedText {
  return { text, name, number: 0, agent: 0 };
}
