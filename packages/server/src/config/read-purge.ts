import type { PurgeHookConfig } from './config.ts';
import type { ConfigFile } from './config-schema.ts';
import type { UnplacedProblem } from './schema-problems.ts';

/** RFC 9110 §5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What may stand in a header: no line ends. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** `fetch` sends none of these. */
const NO_METHODS = ['CONNECT', 'TRACE', 'TRACK'];

/** Reads the purge calls of a gateway. What is reported shows no value of a header: secrets stand there. */
export function readPurge(
  hooks: ConfigFile['gateway']['purge'],
  report: (problem: UnplacedProblem) => void,
): readonly PurgeHookConfig[] {
  return hooks.map(({ url, method, headers, body }, index) => {
    const at = ['gateway', 'purge', index];
    const filled = url.replaceAll('{key}', 'key');
    const parsed = /^https?:\/\//i.test(filled) && URL.canParse(filled) ? new URL(filled) : undefined;
    if (parsed === undefined || parsed.username !== '' || parsed.password !== '') {
      const fix = 'Write an http or https URL without a password: https://api.cdn.example/purge/{key}.';
      report({ path: [...at, 'url'], problem: 'is not a URL that can be called', fix });
    }
    if (!NAME.test(method) || NO_METHODS.includes(method.toUpperCase())) {
      report({
        path: [...at, 'method'],
        problem: `"${method}" is not a method`,
        fix: 'Write PURGE or POST.',
      });
    }
    for (const [name, value] of Object.entries(headers)) {
      if (NAME.test(name) && VALUE.test(value)) continue;
      const fix = 'Write a header name, and a value in one line.';
      report({ path: [...at, 'headers', name], problem: 'cannot stand in a header', fix });
    }
    const isTold = [url, body ?? '', ...Object.values(headers)].some((part) => part.includes('{key}'));
    if (!isTold) {
      const fix = 'Write {key} where the cache wants the surrogate key.';
      report({ path: at, problem: 'names no {key} in url, headers or body', fix });
    }
    return { url, method, headers, body };
  });
}
