import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';

/** Seals short texts with a key, so that who reads the database alone learns nothing (XChaCha20-Poly1305). */
export interface Sealing {
  seal(text: string): Promise<string>;
  /** Rejects where the text was sealed with another key, or changed. */
  open(sealed: string): Promise<string>;
}

export function createSealing(key: string): Sealing {
  return {
    seal: (text) => symmetricEncrypt({ key, data: text }),
    open: (sealed) => symmetricDecrypt({ key, data: sealed }),
  };
}
