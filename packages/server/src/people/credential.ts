/** Bytes of everything that lets somebody in: more than anybody can guess. */
const CREDENTIAL_BYTES = 32;
const HANDLE_BYTES = 12;

interface Randomness {
  readonly randomBytes: (count: number) => Uint8Array;
}

/** A text that lets somebody in: the value of a cookie, the end of a link. 43 characters, base64url. */
export function newCredential({ randomBytes }: Randomness): string {
  return Buffer.from(randomBytes(CREDENTIAL_BYTES)).toString('base64url');
}

/** A text that names something and lets nobody in. 16 characters, base64url. */
export function newHandle({ randomBytes }: Randomness): string {
  return Buffer.from(randomBytes(HANDLE_BYTES)).toString('base64url');
}

const CREDENTIAL = /^[A-Za-z0-9_-]{43}$/;

export function isCredential(text: string): boolean {
  return CREDENTIAL.test(text);
}
