import { AUDIT_ACTIONS } from '@latchkey/wire/native';
import type { AuditFilter } from './queries.ts';

type Search = Readonly<Record<string, unknown>>;

/** The filter in the query of an address; what does not read is left away. */
export function readAuditSearch(search: Search): AuditFilter {
  const action = AUDIT_ACTIONS.find((each) => each === search.action);
  return definedOnly({
    action,
    subject: textOf(search.subject),
    actor: textOf(search.actor),
    account: textOf(search.account),
    since: timeOf(search.since),
    until: timeOf(search.until),
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
}

function timeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}

function definedOnly(filter: AuditFilter): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
