/** By which a cache further out finds all answers to a token, in `Surrogate-Key` and in purge calls. */
export function tokenKey(tokenId: string): string {
  return `latchkey-${tokenId}`;
}

/** The same for all tokens of an account. */
export function accountKey(account: string): string {
  return `latchkey-account-${account}`;
}
