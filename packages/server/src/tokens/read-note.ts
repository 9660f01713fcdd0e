import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';

export const NOTE_LIMIT = 128;

/** A note has at most 128 characters, counted as people count them: an emoji of two code units is one. */
export function refuseNote(note: string | null | undefined): Refused | undefined {
  if (note === null || note === undefined || note.length <= NOTE_LIMIT) return undefined;
  if (note.length <= 2 * NOTE_LIMIT && [...note].length <= NOTE_LIMIT) return undefined;
  return refused({
    code: 'note_invalid',
    detail: `A note has at most ${NOTE_LIMIT} characters.`,
    field: 'note',
  });
}
