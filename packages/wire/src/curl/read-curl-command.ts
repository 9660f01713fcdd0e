import { splitShellWords } from './split-shell-words.ts';

/** A request as somebody described it, to be explained rather than made. */
export interface DescribedRequest {
  readonly method: string;
  /** As written, save that `access_token` is taken out of the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The token that the request itself carries. */
  readonly token: string | undefined;
  readonly transport: 'header' | 'query';
}

export type CurlProblem = 'not_curl' | 'no_url' | 'unclosed_quote';

/** Short options that take a value, as curl 8 has them. */
const SHORT_WITH_VALUE = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';

const LONG_WITH_VALUE = new Set(
  (
    'request header data data-raw data-binary data-urlencode data-ascii json form form-string user user-agent referer cookie ' +
    'cookie-jar output max-time connect-timeout url proxy cacert cert key resolve connect-to interface retry upload-file ' +
    'write-out oauth2-bearer range limit-rate max-redirs'
  ).split(' '),
);

const LONG_NAME: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  e: 'referer',
  I: 'head',
  G: 'get',
  T: 'upload-file',
};

/** Reads what matters to a token check out of a curl command. The body and options that do not matter are skipped. */
export function readCurlCommand(command: string): DescribedRequest | CurlProblem {
  const words = splitShellWords(command.trim());
  if (words === undefined) return 'unclosed_quote';
  const [program = '', ...rest] = words;
  if (!/(^|\/)curl(\.exe)?$/.test(program)) return 'not_curl';

  const options = readOptions(rest);
  const url = options.find(([name]) => name === 'url')?.[1];
  if (url === undefined) return 'no_url';
  return describeRequest({
    method: methodOf(options),
    url: /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('/') ? url : `http://${url}`,
    headers: headersOf(options),
  });
}

/**
 * Takes the token out of a request: from `Authorization: Bearer`, otherwise from `access_token` in the query, and leaves
 * the request without it.
 */
export function describeRequest(request: {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}): DescribedRequest {
  const headers: Record<string, string> = {};
  let bearer: string | undefined;
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.toLowerCase() === 'authorization') bearer = /^bearer\s+(.+)$/i.exec(value.trim())?.[1];
    else headers[name] = value;
  }
  const { url, queryToken } = takeQueryToken(request.url);
  const transport = bearer === undefined && queryToken !== undefined ? 'query' : 'header';
  return { method: request.method, url, headers, token: bearer ?? queryToken, transport };
}

type CurlOption = readonly [name: string, value: string];

function readOptions(words: readonly string[]): CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.startsWith('--')) {
      const [, name = '', joined] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      if (joined === undefined && LONG_WITH_VALUE.has(name)) at += 1;
      options.push([name, joined ?? (LONG_WITH_VALUE.has(name) ? (words[at] ?? '') : '')]);
    } else if (word.startsWith('-') && word !== '-') {
      if (readShortOptions(word.slice(1), words[at + 1], options)) at += 1;
    } else {
      options.push(['url', word]);
    }
  }
  return options;
}

/** `-sSXPOST` is three options, the last with a value. True where the next word was the value. */
function readShortOptions(letters: string, next: string | undefined, options: CurlOption[]): boolean {
  for (const [index, letter] of [...letters].entries()) {
    const name = LONG_NAME[letter] ?? letter;
    if (!SHORT_WITH_VALUE.includes(letter)) {
      options.push([name, '']);
      continue;
    }
    const joined = letters.slice(index + 1);
    options.push([name, joined === '' ? (next ?? '') : joined]);
    return joined === '';
  }
  return false;
}

function methodOf(options: readonly CurlOption[]): string {
  const given = options.findLast(([name]) => name === 'request')?.[1];
  if (given) return given.toUpperCase();
  const has = (pattern: RegExp) => options.some(([name]) => pattern.test(name));
  if (has(/^head$/)) return 'HEAD';
  if (has(/^get$/)) return 'GET';
  if (has(/^upload-file$/)) return 'PUT';
  return has(/^(data|form|json)/) ? 'POST' : 'GET';
}

function headersOf(options: readonly CurlOption[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of options) {
    const header = name === 'header' ? readHeader(value) : undefined;
    if (header !== undefined) headers[header[0]] = header[1];
    if (name === 'referer') headers.Referer = value;
    if (name === 'oauth2-bearer') headers.Authorization = `Bearer ${value}`;
  }
  return headers;
}

/** `Name: value`; undefined where it has no such form. */
export function readHeader(line: string): readonly [name: string, value: string] | undefined {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*(.*)$/s.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value.trim()];
}

function takeQueryToken(url: string): { readonly url: string; readonly queryToken: string | undefined } {
  const start = url.indexOf('?');
  if (start === -1) return { url, queryToken: undefined };
  const query = new URLSearchParams(url.slice(start + 1).split('#', 1)[0]);
  const queryToken = query.get('access_token') ?? undefined;
  query.delete('access_token');
  return { url: query.size === 0 ? url.slice(0, start) : `${url.slice(0, start)}?${query}`, queryToken };
}
