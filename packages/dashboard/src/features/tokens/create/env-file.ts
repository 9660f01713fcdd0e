export interface EnvFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A token as a file that programs read their environment from. The name and the account stand in comments, on one line
 * each whatever they hold.
 */
export function envFile(token: {
  readonly text: string;
  readonly id: string;
  readonly note: string | null;
  readonly account: string;
}): EnvFile {
  const lines = [
    ...(token.note === null ? [] : [`# ${onOneLine(token.note)}`]),
    `# ${onOneLine(token.account)}, ${token.id}`,
    `LATCHKEY_TOKEN=${token.text}`,
  ];
  return { name: `${fileName(token.note) || token.id}.env`, text: `${lines.join('\n')}\n` };
}

function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Letters and digits of any script; what file systems and shells read otherwise becomes a hyphen. */
function fileName(note: string | null): string {
  return (note ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
