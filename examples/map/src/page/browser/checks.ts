import type { PageCheck } from '../settings.ts';
import { element } from './element.ts';
import { callApi, type Refusal } from './refusal.ts';

export interface CheckResult {
  readonly check: PageCheck;
  /** Undefined: allowed. */
  readonly refusal: Refusal | undefined;
  /** What was answered; empty where the answer was a refusal. */
  readonly text: string;
}

/** Asks each API once and draws the answers. `urlOf` puts the account and the token in. */
export async function runChecks(
  checks: readonly PageCheck[],
  urlOf: (path: string) => string,
): Promise<readonly CheckResult[]> {
  return Promise.all(
    checks.map(async (check) => {
      const answer = await callApi(urlOf(check.path));
      return answer.ok
        ? { check, refusal: undefined, text: answer.text }
        : { check, refusal: answer.refusal, text: '' };
    }),
  );
}

export function drawChecks(checks: readonly PageCheck[], results: readonly CheckResult[]): void {
  const rows = checks.map((check) => {
    const result = results.find((candidate) => candidate.check === check);
    const row = document.createElement('li');
    row.dataset.verdict =
      result === undefined ? 'waiting' : result.refusal === undefined ? 'allowed' : 'refused';
    row.append(
      span('mark', result === undefined ? '·' : result.refusal === undefined ? '✓' : '✗'),
      span('title', check.title),
      span('scope', check.scopes.join(' ')),
    );
    const refusal = result?.refusal;
    if (refusal !== undefined)
      row.append(span('why', `${refusal.status || 'No answer'} · ${refusal.message}`));
    return row;
  });
  element('checks', HTMLUListElement).replaceChildren(...rows);
}

function span(className: string, text: string): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}
