/**
 * The value of a header in a list of names and values by turns; what comes more than once is joined with `, ` (RFC 9110 §5.3).
 * @param name in lower case
 * @returns undefined where there is none
 */
export function headerOf(headers: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const written = headers[at] ?? '';
    if (written.length !== name.length || written.toLowerCase() !== name) continue;
    const own = (headers[at + 1] ?? '').trim();
    value = value === undefined ? own : `${value}, ${own}`;
  }
  return value;
}

/**
 * The list without the headers of these names.
 * @param names in lower case
 */
export function withoutHeaders(headers: readonly string[], names: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (!names.has(name.toLowerCase())) kept.push(name, headers[at + 1] ?? '');
  }
  return kept;
}

/** Names and values of a comma-separated field, in lower case, its quoted parts left whole. */
export function listMembers(value: string): string[] {
  const members = value.toLowerCase().match(/(?:"(?:\\.|[^"\\])*"|[^,"])+|"/g) ?? [];
  return members.map((member) => member.trim()).filter((member) => member !== '');
}
