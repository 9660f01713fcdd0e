import { type Failure, fail } from '../../failure.ts';
import { parseIsoTime } from '../../iso-time.ts';

type ReadExpires =
  | { readonly ok: true; readonly value: number | null | undefined }
  | { readonly ok: false; readonly failure: Failure<'expires_invalid'> };

/** Reads the time of a body's `expires`; null lifts, undefined was not sent. */
export function readExpires(text: string | null | undefined): ReadExpires {
  if (text === null || text === undefined) return { ok: true, value: text };
  const value = parseIsoTime(text);
  if (value !== undefined) return { ok: true, value };
  const detail = 'expires is not a time. Write it as 2027-01-01T00:00:00Z.';
  return fail('expires_invalid', { field: 'expires', detail });
}
