import { createResponseCache, type ResponseCacheOptions } from '../cache/response-cache.ts';
import type { Forward, UpstreamRequest } from '../upstream/forward.ts';
import { type AskOptions, ask, type Got, type ScriptedAnswer, scriptedApi } from './scripted-api.ts';

export const PUBLIC = { 'Cache-Control': 'public, max-age=60' };

/**
 * A cache before an API, and a clock that stands still until it is moved.
 * @param asSeen what a mutant makes of a request before the cache gets it
 */
export function setUp(
  answer: (request: UpstreamRequest, number: number) => ScriptedAnswer | undefined,
  options: Partial<ResponseCacheOptions> = {},
  asSeen: (request: UpstreamRequest) => UpstreamRequest = (request) => request,
) {
  let time = Date.parse('2026-11-23T12:00:00Z');
  const api = scriptedApi(answer);
  const cache = createResponseCache(api.forward, {
    limitBytes: 1_000_000,
    bodyLimitBytes: 100_000,
    collapseWaitMs: 60_000,
    unkeyedHeaders: [],
    now: () => time,
    ...options,
  });
  const forward: Forward = (request, receiver) => cache.forward(asSeen(request), receiver);
  return {
    api,
    cache,
    begin: (asked: AskOptions = {}) => ask(forward, asked),
    get: (asked: AskOptions = {}): Promise<Got> => ask(forward, asked).whenOver,
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

/** An API that numbers its answers. */
export const numbered =
  (headers: Readonly<Record<string, string>>) => (_: UpstreamRequest, number: number) => ({
    headers,
    body: String(number),
  });

export const status = ({ headers }: Got) => headers.get('cache-status');
