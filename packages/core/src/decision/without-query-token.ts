import { isTokenName, startOfPath } from './read-http-request.ts';

/**
 * A request target, or any URL with a query, without its parameters `access_token`, in whatever spelling `readQueryToken` takes
 * them. Every other byte stays as it was; a `?` behind which nothing is left goes too.
 */
export function withoutQueryToken(target: string): string {
  const question = target.indexOf('?');
  if (question === -1) return target;
  const query = target.slice(question + 1);
  let kept = '';
  let isFirst = true;
  let isFound = false;
  let start = 0;
  while (start <= query.length) {
    const next = query.indexOf('&', start);
    const end = next === -1 ? query.length : next;
    const equals = query.indexOf('=', start);
    if (isTokenName(query.slice(start, equals === -1 || equals > end ? end : equals))) isFound = true;
    else {
      kept += isFirst ? query.slice(start, end) : `&${query.slice(start, end)}`;
      isFirst = false;
    }
    start = end + 1;
  }
  if (!isFound) return target;
  return isFirst ? target.slice(0, question) : `${target.slice(0, question)}?${kept}`;
}

/** Path and query of a request target: what stands before them in absolute form is left out. */
export function originForm(target: string): string {
  const start = startOfPath(target);
  if (start === 0) return target;
  const form = target.slice(start);
  return form.startsWith('/') ? form : `/${form}`;
}
