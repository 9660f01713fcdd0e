/** Control characters, and characters that hide in text or reorder it. */
export const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Makes text that others wrote (notes, user agents, addresses) safe to show: control characters, which could move the
 * cursor or recolour the screen, and characters that hide in text or reorder it are shown as their code (`\u001b`). Line
 * breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(HIDDEN, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
