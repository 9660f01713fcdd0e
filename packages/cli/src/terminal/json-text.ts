import { HIDDEN } from './printable.ts';

/**
 * A value as JSON that is safe to show, as `printable` text is; but nothing is lost, because `\u009b` in a JSON text
 * is the character itself to whoever parses it.
 */
export function jsonText(value: unknown): string {
  // The line breaks of the layout are the only control characters that JSON has outside of `\u` escapes below 0x20.
  return JSON.stringify(value, null, 2).replace(HIDDEN, (character) =>
    character === '\n' ? character : character.split('').map(escaped).join(''),
  );
}

/** Of one UTF-16 unit: JSON knows no others. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
