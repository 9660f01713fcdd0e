/** Why a resource, an address or an application is refused: a sentence that names it, and one that says what to write. */
export interface RestrictionFault {
  readonly ok: false;
  readonly reason: string;
  readonly fix: string;
}

export function restrictionFault(reason: string, fix: string): RestrictionFault {
  return { ok: false, reason, fix };
}
