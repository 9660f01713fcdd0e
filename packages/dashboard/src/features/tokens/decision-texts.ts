import type { Translated } from '@latchkey/wire/messages';
import type { decision } from '@latchkey/wire/messages/en/decision';
import { defineTexts } from '../../language/define-texts.ts';

/** Why requests are refused and what helps, in the words of the command. */
export const useDecisionTexts = defineTexts({
  en: async () => (await import('@latchkey/wire/messages/en/decision')).decision,
  zh: async () => (await import('@latchkey/wire/messages/zh/decision')).decision,
});

export type DecisionTexts = Translated<typeof decision>;

/** The text of a reason; undefined for one that this version does not know. `{scope}` becomes the scopes that were needed. */
export function reasonText(
  { reasons }: DecisionTexts,
  reason: string,
  scopes: readonly string[] = [],
): { readonly sentence: string; readonly fix: string } | undefined {
  const table: Readonly<Record<string, { readonly sentence: string; readonly fix: string }>> = reasons;
  const text = Object.hasOwn(table, reason) ? table[reason] : undefined;
  if (text === undefined) return undefined;
  const fill = (sentence: string) =>
    sentence.replaceAll('{scope}', scopes.length === 0 ? '…' : scopes.join(', '));
  return { sentence: fill(text.sentence), fix: fill(text.fix) };
}
