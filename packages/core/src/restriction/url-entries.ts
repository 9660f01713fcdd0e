import { isLoopback } from './host.ts';
import type { UrlEntryOptions } from './url-entry.ts';
import { parseUrlEntry } from './url-entry.ts';
import type { UrlEntryFault } from './url-entry-fault.ts';
import { urlEntryFault } from './url-entry-fault.ts';
import type { UrlRule } from './url-rule.ts';
import type { UrlWarning } from './url-warning.ts';

export const URL_ENTRIES_LIMIT = 100;

/** The fault of one entry; `index` is its place in the list, undefined where the list itself is at fault. */
export type IndexedUrlEntryFault = UrlEntryFault & { readonly index: number | undefined };

export type ParsedUrlEntries =
  | { readonly ok: true; readonly entries: readonly string[]; readonly warnings: readonly UrlWarning[] }
  | { readonly ok: false; readonly faults: readonly [IndexedUrlEntryFault, ...IndexedUrlEntryFault[]] };

/**
 * Reads a whole list of URL entries into what is stored: canonical, in the order given, each once. All faults are told at once.
 * An empty list is refused, because it must never come to mean "everywhere": who wants no restriction sends none.
 */
export function parseUrlEntries(list: readonly string[], options: UrlEntryOptions): ParsedUrlEntries {
  const whole = findListFault(list);
  if (whole !== undefined) return { ok: false, faults: [whole] };
  const rules = new Map<string, UrlRule>();
  const warnings: UrlWarning[] = [];
  const faults: IndexedUrlEntryFault[] = [];
  for (const [index, text] of list.entries()) {
    const parsed = parseUrlEntry(text, options);
    if (!parsed.ok) faults.push({ ...parsed, index });
    else {
      if (rules.has(parsed.entry)) warnings.push({ code: 'duplicate', entry: parsed.entry });
      rules.set(parsed.entry, parsed.rule);
      warnings.push(...parsed.warnings);
    }
  }
  const [first, ...others] = faults;
  if (first !== undefined) return { ok: false, faults: [first, ...others] };
  return {
    ok: true,
    entries: [...rules.keys()],
    warnings: [...once(warnings), ...localhostWarnings([...rules.values()])],
  };
}

/** Cuts what is typed into one text field: commas and new lines separate entries, blank ones are dropped. */
export function splitUrlField(text: string): readonly string[] {
  return text
    .split(/[,\r\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function findListFault(list: readonly string[]): IndexedUrlEntryFault | undefined {
  if (list.length > URL_ENTRIES_LIMIT) {
    const what = `is the first of ${list.length} entries, and a token may have ${URL_ENTRIES_LIMIT}`;
    return {
      ...urlEntryFault('too_many', list[0] ?? '', what, 'Name a host once for all its subdomains and paths.'),
      index: undefined,
    };
  }
  if (list.length > 0) return undefined;
  const fix =
    'Leave the list out for a token that works anywhere; null lifts the list of a token that has one.';
  return { ok: false, code: 'empty', reason: 'The list of URLs has no entries.', fix, index: undefined };
}

function localhostWarnings(rules: readonly UrlRule[]): readonly UrlWarning[] {
  if (rules.every((rule) => isLoopback(rule.host))) return [];
  return rules
    .filter((rule) => isWebLoopback(rule))
    .map(({ entry }) => ({ code: 'localhost_with_others', entry }));
}

/** `capacitor://localhost` is a native shell's own page and no other program's. */
function isWebLoopback(rule: UrlRule): boolean {
  return (
    isLoopback(rule.host) && (rule.scheme === undefined || rule.scheme === 'http' || rule.scheme === 'https')
  );
}

/** The same entry written twice the same way warns the same way twice. */
function once(warnings: readonly UrlWarning[]): readonly UrlWarning[] {
  const seen = new Map(warnings.map((warning) => [JSON.stringify(warning), warning]));
  return [...seen.values()];
}
