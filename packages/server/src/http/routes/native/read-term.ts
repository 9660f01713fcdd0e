import { parseDuration } from '@latchkey/wire/native';
import type { RotationTermInput } from '../../../rotation/term.ts';

/** The durations of a body, which its schema has checked, in milliseconds. */
export function readTermInput({ grace }: { readonly grace?: string | undefined }): RotationTermInput {
  return { graceMs: grace === undefined ? undefined : parseDuration(grace) };
}
