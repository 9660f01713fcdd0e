import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane; some 25 ms, beside the event loop. */
const PARAMETERS = {
  // Argon2id; the enum is const, which types that are stripped cannot have.
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** So many run at once; each takes a thread and 19 MiB. */
const AT_ONCE = 2;
/** So many may wait; further ones are shed. */
const WAITING = 64;

export interface PasswordHashing {
  /** @throws TooManyPasswords when more wait than can be worked off */
  hash(password: string): Promise<string>;
  /** Takes as long for null (nobody) as for a hash, and is then false. @throws TooManyPasswords */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** More passwords came than can be hashed in time. */
export class TooManyPasswords extends Error {
  constructor() {
    super('more passwords came than can be hashed in time');
  }
}

/** @param secret goes into every hash, so that hashes alone cannot be guessed at */
export async function createPasswordHashing(secret: Uint8Array): Promise<PasswordHashing> {
  const waiting: (() => void)[] = [];
  let running = 0;
  const nobody = await hash('the password of nobody', { ...PARAMETERS, secret });

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) throw new TooManyPasswords();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The turn is handed on, or given back.
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => hash(normalised(password), { ...PARAMETERS, secret })),
    async verify(known, password) {
      const isRight = await inTurn(() => verify(known ?? nobody, normalised(password), { secret }));
      return isRight && known !== null;
    },
  };
}

/** Keyboards write the same letters in different ways (NIST SP 800-63B asks for NFKC or NFKD). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
