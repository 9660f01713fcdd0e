import { type ChangeRotationBody, parseDuration } from '@latchkey/wire/native';
import type { RotationTermInput } from '../../../rotation/term.ts';

/** The durations of a body, which its schema has checked, in milliseconds. */
export function readTermInput({ grace, untilQuiet }: ChangeRotationBody): RotationTermInput {
  return {
    graceMs: grace === undefined ? undefined : parseDuration(grace),
    untilQuietMs: untilQuiet === undefined ? undefined : parseDuration(untilQuiet),
  };
}
