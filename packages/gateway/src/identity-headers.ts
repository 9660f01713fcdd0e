import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';

/** Scope lists are shared by the tokens that have them, so few are ever joined. */
const joined = new WeakMap<readonly string[], string>();

/**
 * Names and values by turns, for the upstream: `Latchkey-Account`, `Latchkey-Token-Id`, `Latchkey-Usage` (pk, sk or tk), `Latchkey-Scopes`
 * (separated by spaces) and, where a secret token stood in the URL, `Latchkey-Exposed-In-Url: true`.
 */
export function identityHeaders(identity: LatchkeyIdentity): string[] {
  const headers = [
    'Latchkey-Account',
    identity.account,
    'Latchkey-Token-Id',
    identity.tokenId,
    'Latchkey-Usage',
    identity.usage,
    'Latchkey-Scopes',
    scopesText(identity.scopes),
  ];
  if (identity.exposedInUrl) headers.push('Latchkey-Exposed-In-Url', 'true');
  return headers;
}

function scopesText(scopes: readonly string[]): string {
  const known = joined.get(scopes);
  if (known !== undefined) return known;
  const text = scopes.join(' ');
  joined.set(scopes, text);
  return text;
}
