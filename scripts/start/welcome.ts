import path from 'node:path';
import type { Messages } from '@latchkey/wire/messages';
import { DEMONSTRATION_ACCOUNT } from './demonstration-tokens.ts';
import type { Demonstration } from './start-demonstration.ts';

/** What `npm start` prints once all is running: what to open, tokens that were just made, and lines to paste. */
export function welcome(demonstration: Demonstration, text: Messages): string {
  const { start } = text;
  const blocks = [
    [start.running],
    placesToOpen(demonstration, text),
    signInLines(demonstration, text),
    tokenLines(demonstration, text),
    [start.tryIt],
    ...curlLines(demonstration, text).map(({ says, line }) => [`  ${says}`, `    ${line}`]),
    [
      start.cli,
      `  npx latchkey token list --token-file ${shellQuote(shortPath(demonstration.tokens.account.file))}${serverOption(demonstration)}`,
    ],
    [text.server.stopWith],
  ];
  return `\n${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A line for a shell, and what it shows. */
export interface CurlLine {
  readonly says: string;
  readonly line: string;
}

/** Three lines that work when pasted into a shell, anywhere on this machine: allowed, refused, revoking. */
export function curlLines(
  { apiUrl, serverUrl, tokens }: Demonstration,
  { start }: Messages,
): readonly CurlLine[] {
  const world = (token: string) => `'${apiUrl}/v4/world.json?access_token=${token}'`;
  const secret = `"Authorization: Bearer $(cat ${shellQuote(tokens.account.file)})"`;
  return [
    { says: start.curlAllowed, line: `curl ${world(tokens.throwAway.text)}` },
    {
      says: start.curlRefused,
      line: `curl -H 'Origin: https://elsewhere.example' ${world(tokens.page.text)}`,
    },
    {
      says: start.curlRevoke,
      line: `curl -i -X DELETE -H ${secret} ${serverUrl}/tokens/v2/${DEMONSTRATION_ACCOUNT}/${tokens.throwAway.id}`,
    },
  ];
}

function placesToOpen({ pageUrl, serverUrl }: Demonstration, { start }: Messages): string[] {
  return [
    [`${serverUrl}/dashboard/`, start.openDashboard],
    [pageUrl, start.openMap],
    [`${pageUrl}/scopes`, start.openScopes],
    [`${serverUrl}/openapi.json`, start.openApi],
  ].map(([url = '', says = '']) => `  ${url.padEnd(pageUrl.length + 16)}${says}`);
}

function signInLines({ person }: Demonstration, { start }: Messages): string[] {
  const { email, password, file, isNew } = person;
  return [
    start.signIn,
    `  ${start.email}  ${email}`,
    isNew
      ? `  ${start.password}  ${password}`
      : `  ${start.password}  ${start.inFile({ file: shortPath(file) })}`,
  ];
}

/** Secrets are shown in the run that made them; later runs name the files. */
function tokenLines({ operator, tokens, folder }: Demonstration, { start }: Messages): string[] {
  const kept = [
    { name: start.operatorToken, token: operator },
    { name: start.accountToken, token: tokens.account },
  ];
  const isNew = kept.some(({ token }) => token.isNew);
  const title = isNew ? start.tokensMade({ folder: shortPath(folder) }) : start.tokensKept;
  return [
    title,
    ...kept.flatMap(({ name, token }) =>
      token.isNew
        ? [`  ${name} (${shortPath(token.file)})`, `    ${token.text}`]
        : [`  ${shortPath(token.file)}  ${name}`],
    ),
  ];
}

function serverOption({ serverUrl }: Demonstration): string {
  return serverUrl === 'http://127.0.0.1:8420' ? '' : ` --server ${serverUrl}`;
}

function shortPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}

/** Quotes for a POSIX shell where it needs any. */
function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
