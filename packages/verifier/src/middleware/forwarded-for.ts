const LENGTH = 'x-forwarded-for'.length;

/**
 * All of `X-Forwarded-For`, joined in the order in which it came; undefined where there is none.
 * @param rawHeaders names and values by turns, as Node's `rawHeaders`
 */
export function findForwardedFor(rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length !== LENGTH || name.toLowerCase() !== 'x-forwarded-for') continue;
    const value = rawHeaders[at + 1] ?? '';
    found = found === undefined ? value : `${found},${value}`;
  }
  return found;
}
