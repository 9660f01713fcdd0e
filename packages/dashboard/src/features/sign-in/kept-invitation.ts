let kept: string | undefined;

/** Keeps the token of an invitation while its holder signs in: in this page's memory, so that no address, history or storage holds it. */
export function keepInvitation(token: string | undefined): void {
  kept = token;
}

/** Undefined: none is kept, or the page was loaded anew; the link in the mail leads back. */
export function keptInvitation(): string | undefined {
  return kept;
}
