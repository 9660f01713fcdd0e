import { type RefusalRow, refusalTable } from '@latchkey/core';
import { PROBLEMS, type ProblemText } from '@latchkey/wire/native';
import { TOKENS_API_ERRORS, type TokensApiErrorText } from '@latchkey/wire/tokens-api';
import { ERROR_HELP } from './error-help.ts';
import { type Html, html, page } from './page.ts';

const decisions: Readonly<Record<string, RefusalRow>> = refusalTable;
const others: Readonly<Record<string, string>> = ERROR_HELP;
const tokensApi: Readonly<Record<string, TokensApiErrorText>> = TOKENS_API_ERRORS;
const native: Readonly<Record<string, ProblemText>> = PROBLEMS;

/** Every code that an answer may carry; `docs` of the Tokens API and `type` of the native API lead here. */
export function errorsPage(): string {
  const codes = [...new Set([...Object.keys(tokensApi), ...Object.keys(native)])].sort();
  return page(
    'Errors',
    '/docs/errors',
    html`<p>Every refusal names one of these codes in <code>code</code>; <code>detail</code> tells what was seen.</p>
<div class="wide" role="group" aria-label="Table" tabindex="0"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Tokens API</th><th scope="col">Native API</th><th scope="col">Meaning and remedy</th></tr></thead>
<tbody>
${codes.map(row)}</tbody></table></div>`,
  );
}

function row(code: string): Html {
  const compatible = tokensApi[code];
  const problem = native[code];
  const told = decisions[code];
  const meaning = told === undefined ? others[code] : `${told.sentence} ${told.fix}`;
  return html`<tr id="${code}"><td><code>${code}</code></td><td>${compatible === undefined ? '–' : `${compatible.status} ${compatible.message}`}</td><td>${problem === undefined ? '–' : `${problem.status} ${problem.title}`}</td><td>${meaning}</td></tr>
`;
}
