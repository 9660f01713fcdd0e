import { changeContract } from './change-contract.ts';
import { feedContract } from './feed-contract.ts';
import { listContract } from './list-contract.ts';
import type { OpenEmptyStore } from './open-store.ts';
import { peopleContract } from './people-contract.ts';
import { readContract } from './read-contract.ts';
import { rotationContract } from './rotation-contract.ts';
import { sweepContract } from './sweep-contract.ts';
import { usageContract } from './usage-contract.ts';
import { verifierContract } from './verifier-contract.ts';

/** What every store promises, whatever its engine. */
export function storeContract(open: OpenEmptyStore): void {
  changeContract(open);
  feedContract(open);
  readContract(open);
  listContract(open);
  sweepContract(open);
  rotationContract(open);
  verifierContract(open);
  usageContract(open);
  peopleContract(open);
}
