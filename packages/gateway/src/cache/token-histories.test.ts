import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUp } from '../testing/cache-before-api.ts';
import type { Asking } from '../testing/scripted-api.ts';
import type { UpstreamRequest } from '../upstream/forward.ts';

/** A name by which the API of a mutant learns of the token, and which caches do not look at. */
const HIDDEN = 'X-Request-Id';

/** What the API said of an answer, and for which request it made it. */
interface Made {
  readonly token: string | undefined;
  readonly origin: string | undefined;
  readonly control: string;
  readonly vary: string;
  readonly status: number;
}

const toldAnswer = fc.record({
  control: fc.constantFrom(
    '',
    'public, max-age=10',
    's-maxage=5',
    'max-age=10',
    'max-age=10, must-revalidate',
    'private, max-age=10',
    'no-store',
    'public, no-cache',
    'max-age=10, PUBLIC',
    'public, max-age=10, private',
  ),
  vary: fc.constantFrom('', 'Latchkey-Token-Id', 'Origin', 'latchkey-account, origin', '*'),
  etag: fc.constantFrom(undefined, '"a"', 'W/"b"'),
  status: fc.constantFrom(200, 200, 200, 404, 500),
});
const step = fc.record({
  token: fc.constantFrom('one', 'two', 'three', undefined),
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST'),
  target: fc.constantFrom('/a', '/b'),
  origin: fc.constantFrom(undefined, 'https://x.example', 'https://y.example'),
  control: fc.constantFrom(undefined, undefined, 'no-cache', 'max-age=3', 'max-stale', 'only-if-cached'),
  /** What the API says to the requests that this step makes it get. */
  answer: toldAnswer,
  secondsAfter: fc.nat(8),
  /** How many of the requests that are open the API answers after this step, the oldest first. */
  answered: fc.nat(3),
  leaves: fc.boolean(),
});
const history = fc.array(step, { maxLength: 25 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A body that a token got and that was made for another, though the API had not said that it may. */
function wronglyShared(
  steps: readonly Step[],
  asSeen: (request: UpstreamRequest) => UpstreamRequest = (request) => request,
): string | undefined {
  const made = new Map<string, Made>();
  const { begin, api, pass } = setUp(() => undefined, { limitBytes: 20_000 }, asSeen);
  const said: Step['answer'][] = [];
  let answered = 0;

  function answerOne(): void {
    const call = api.arrived[answered];
    const answer = said[answered];
    const body = `body ${answered++}`;
    if (call === undefined || answer === undefined) return;
    const { control, vary, etag, status } = answer;
    const { headers } = call.request;
    const told: Record<string, string> = {};
    if (control !== '') told['Cache-Control'] = control;
    if (vary !== '') told.Vary = vary;
    if (etag !== undefined) told.ETag = etag;
    const token = headerIn(headers, 'Latchkey-Token-Id') ?? headerIn(headers, HIDDEN);
    const origin = headerIn(headers, 'Origin');
    if (etag !== undefined && headerIn(headers, 'If-None-Match') === etag) {
      call.answer({ status: 304, headers: told });
      return;
    }
    made.set(body, { token, origin, control: control.toLowerCase(), vary, status });
    call.answer({ status, headers: told, body });
  }

  const all: { readonly by: Step; readonly asking: Asking }[] = [];
  for (const by of steps) {
    const { token, method, target, origin, control } = by;
    const headers: [string, string][] = [];
    if (origin !== undefined) headers.push(['Origin', origin]);
    if (control !== undefined) headers.push(['Cache-Control', control]);
    const asking = begin({ token, method, target, headers });
    all.push({ by, asking });
    while (said.length < api.arrived.length) said.push(by.answer);
    if (by.leaves) asking.abort();
    for (let count = 0; count < by.answered && answered < api.arrived.length; count++) {
      answerOne();
      while (said.length < api.arrived.length) said.push(by.answer);
    }
    pass(by.secondsAfter);
  }
  const last = steps.at(-1);
  while (last !== undefined && answered < api.arrived.length) {
    answerOne();
    while (said.length < api.arrived.length) said.push(last.answer);
  }
  for (const { by, asking } of all) {
    const { body } = asking.got();
    if (body === '') continue;
    const answer = made.get(body);
    if (answer === undefined) return `${body} was never made`;
    if (answer.token !== by.token && !mayBeShared(answer, by)) return `${body}: ${JSON.stringify(answer)}`;
  }
  return undefined;
}

function mayBeShared(answer: Made, by: Step): boolean {
  const isOpen = answer.token === undefined || /public|s-maxage/.test(answer.control);
  const isFit =
    !/latchkey|\*/i.test(answer.vary) && (!/origin/i.test(answer.vary) || answer.origin === by.origin);
  return isOpen && isFit && !/private|no-store/.test(answer.control) && answer.status !== 500;
}

function headerIn(headers: readonly string[], name: string): string | undefined {
  const at = headers.indexOf(name);
  return at === -1 ? undefined : headers[at + 1];
}

const RUNS = { numRuns: 3000, seed: 20261123 };

test('in no history does a token get a body that was made for another and not said to be public', () => {
  fc.assert(
    fc.property(history, (steps) => {
      expect(wronglyShared(steps)).toBeUndefined();
    }),
    RUNS,
  );
});

test('it would, if the cache were not told that a request had a token', () => {
  const blind = (request: UpstreamRequest) => ({ ...request, identity: undefined });
  const found = fc.sample(history, RUNS).some((steps) => wronglyShared(steps, blind) !== undefined);
  expect(found).toBe(true);
});

test('it would, if the cache did not see whom the API is told of', () => {
  const blind = (request: UpstreamRequest) => ({
    ...request,
    headers: request.headers.map((text) => (text === 'Latchkey-Token-Id' ? HIDDEN : text)),
  });
  const found = fc.sample(history, RUNS).some((steps) => wronglyShared(steps, blind) !== undefined);
  expect(found).toBe(true);
});
