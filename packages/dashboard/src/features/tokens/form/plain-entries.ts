import { type AppIdentity, parseAddressRange, parseApplication, parseResourcePrefix } from '@latchkey/core';

/** Restrictions that are lists of plain texts. */
export type PlainKind = 'addresses' | 'resources' | 'ios' | 'android';

export interface PlainAdded {
  readonly entries: readonly string[];
  /** In English: what is wrong, and what to write. */
  readonly refused: readonly { readonly written: string; readonly reason: string; readonly fix: string }[];
}

/** Adds what was typed or pasted, parted by commas, blanks or new lines, in canonical form; each entry stands once. */
export function addPlainEntries(kind: PlainKind, list: readonly string[], text: string): PlainAdded {
  const entries = new Set(list);
  const refused: PlainAdded['refused'][number][] = [];
  for (const written of text.split(/[,\s]+/).filter((part) => part !== '')) {
    const read = READERS[kind](written);
    if ('reason' in read) refused.push({ written, reason: read.reason, fix: read.fix });
    else entries.add(read.entry);
  }
  return { entries: [...entries], refused };
}

type Read = { readonly entry: string } | { readonly reason: string; readonly fix: string };

const READERS = {
  addresses(text) {
    const parsed = parseAddressRange(text);
    return parsed.ok ? { entry: parsed.range.text } : parsed;
  },
  resources(text) {
    const parsed = parseResourcePrefix(text);
    return parsed.ok ? { entry: parsed.prefix } : parsed;
  },
  ios: (text) => readApplication('ios', text),
  android: (text) => readApplication('android', text),
} satisfies Record<PlainKind, (text: string) => Read>;

function readApplication(platform: AppIdentity['platform'], bundleId: string): Read {
  const parsed = parseApplication({ platform, bundleId });
  return parsed.ok ? { entry: parsed.application.bundleId } : parsed;
}
