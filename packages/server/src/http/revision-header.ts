/** Names the revision that a change got; verifiers have it once their cursor reached it. */
export function revisionHeader(revision: number | null): Readonly<Record<string, string>> {
  return revision === null ? {} : { 'latchkey-revision': String(revision) };
}
