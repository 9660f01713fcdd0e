/** A JSON object whose fields have not been looked at yet. */
export type JsonObject = { readonly [field: string]: unknown };

/** Parses text to an object. Undefined for what is no JSON and for any other JSON value; never throws. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  // A plain object of JSON.parse has no other readable form; arrays are left out.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as JsonObject;
}

/** A whole number from 0 up, as revisions, counters and unix milliseconds are. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A string of 1 to `maxLength` UTF-16 units without control characters. */
export function asLabel(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string' || value.length === 0 || value.length > maxLength) return undefined;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return undefined;
  }
  return value;
}
