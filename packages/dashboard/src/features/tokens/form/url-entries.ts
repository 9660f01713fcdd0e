import {
  describeUrlWarning,
  parseUrlEntry,
  splitUrlField,
  type UrlEntryFaultCode,
  type UrlWarningCode,
} from '@latchkey/core';

/** What is said of an accepted entry. */
export interface EntryWarning {
  readonly code: UrlWarningCode;
  /** In English, as the server words it. */
  readonly detail: string;
}

/** An entry of the list that is being edited, accepted in this form. */
export interface DraftEntry {
  /** Canonical: what will be stored. */
  readonly entry: string;
  readonly warnings: readonly EntryWarning[];
}

/** What was typed and cannot be an entry. */
export interface RefusedText {
  readonly written: string;
  readonly code: UrlEntryFaultCode | 'too_many';
  /** In English: what is wrong, and what to write. */
  readonly reason: string;
  readonly fix: string;
}

export interface Added {
  readonly entries: readonly DraftEntry[];
  readonly refused: readonly RefusedText[];
  /** How many were in the list already. */
  readonly repeated: number;
}

export const ENTRIES_LIMIT = 100;

/**
 * Adds what was typed or pasted: commas, new lines and blanks part entries, as no entry holds a blank. Every part is
 * added or refused by itself, in order. Schemes of native shells are refused here: only the server knows which it takes.
 */
export function addEntries(list: readonly DraftEntry[], text: string): Added {
  const entries = [...list];
  const refused: RefusedText[] = [];
  let repeated = 0;
  for (const written of splitUrlField(text.replace(/\s+/g, '\n'))) {
    const parsed = parseUrlEntry(written, { appSchemes: [] });
    if (!parsed.ok) {
      const { code, reason, fix } = parsed;
      refused.push({ written, code, reason, fix });
    } else if (entries.some(({ entry }) => entry === parsed.entry)) repeated += 1;
    else if (entries.length >= ENTRIES_LIMIT) {
      const fix = 'Name a host once for all its subdomains and paths.';
      refused.push({ written, code: 'too_many', reason: `A token may have ${ENTRIES_LIMIT} entries.`, fix });
    } else entries.push({ entry: parsed.entry, warnings: parsed.warnings.map(warningOf) });
  }
  return { entries, refused, repeated };
}

/** Whether an entry was refused for a scheme that an installation may take for native shells: `capacitor://localhost`. */
export function isForeignScheme({ code, written }: RefusedText): boolean {
  return code === 'scheme' && /^[a-z][a-z0-9+.-]*:\/\//i.test(written);
}

/** Entries that a token has: canonical as they are stored, with what is to be known of them. */
export function storedEntries(entries: readonly string[]): readonly DraftEntry[] {
  return entries.map((entry) => {
    const scheme = entry.includes('://') ? [entry.slice(0, entry.indexOf('://'))] : [];
    const parsed = parseUrlEntry(entry, { appSchemes: scheme });
    return { entry, warnings: parsed.ok ? parsed.warnings.map(warningOf) : [] };
  });
}

/** An entry's own warnings and those that only the server can give, each code once. */
export function withWarnings(
  { entry, warnings }: DraftEntry,
  further: readonly { readonly entry: string; readonly code: string; readonly detail: string }[],
): DraftEntry {
  const added = further
    .filter((one) => one.entry === entry && !warnings.some(({ code }) => code === one.code))
    .flatMap(({ code, detail }) => (isWarningCode(code) ? [{ code, detail }] : []));
  return { entry, warnings: [...warnings, ...added] };
}

const CODES = {
  saved_as: true,
  duplicate: true,
  path_advisory: true,
  insecure_http: true,
  mixed_scripts: true,
  localhost_with_others: true,
  public_suffix: true,
} satisfies Record<UrlWarningCode, true>;

function isWarningCode(code: string): code is UrlWarningCode {
  return Object.hasOwn(CODES, code);
}

function warningOf(warning: Parameters<typeof describeUrlWarning>[0]): EntryWarning {
  return { code: warning.code, detail: describeUrlWarning(warning) };
}
