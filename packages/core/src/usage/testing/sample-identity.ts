import type { TokenId } from '../../token/token-id.ts';
import type { TokenRecord } from '../../token/token-record.ts';
import type { TokenIdentity } from '../token-identity.ts';

/** Tells records apart as a replica does: each token has the slot that it came to first, and a life for each revision. */
export function sampleIdentity(): TokenIdentity<TokenRecord> {
  const ids: TokenId[] = [];
  const slots = new Map<TokenId, number>();
  const slotOf = ({ id }: TokenRecord): number => {
    const known = slots.get(id);
    if (known !== undefined) return known;
    slots.set(id, ids.push(id) - 1);
    return ids.length - 1;
  };
  return {
    slotOf,
    lifeOf: ({ revision }) => revision | 0,
    writeId(token, into, at) {
      into[at] = slotOf(token);
    },
    readId(words, at) {
      const id = ids[words[at] ?? 0];
      if (id === undefined) throw new RangeError('no token was counted in this slot');
      return id;
    },
  };
}
