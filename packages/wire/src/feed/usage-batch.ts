import type {
  DenyReason,
  TokenId,
  TraceStep,
  UsageCounter,
  UsageExposure,
  UsageOutcome,
  UsageSource,
} from '@latchkey/core';
import { EXPOSURES_LIMIT, parseTokenId, refusalTable } from '@latchkey/core';
import { asCount, asLabel, asObject, type JsonObject, parseJsonObject } from './json-fields.ts';

/** The body of `POST /v1/usage/batches`: what one verifier decided since its batch before. */
export interface UsageBatch {
  /** The `instance` of the verifier that counted; another may deliver it. */
  readonly reporter: string;
  /** 1, 2, 3 … through the life of the instance: a batch counts once, however often it comes. */
  readonly sequence: number;
  /**
   * The server's own time as the instance knew it when it closed this batch: everything that it decided before is in this batch and
   * those before it. Null: it knew none.
   */
  readonly until: number | null;
  /** The instance was closed, and nothing comes after this. */
  readonly isLast: boolean;
  readonly counters: readonly UsageCounter[];
  readonly sources: readonly UsageSource[];
  /** Secrets that came in URLs. A verifier of before they were told sends none. */
  readonly exposures: readonly UsageExposure[];
  readonly refusals: readonly ReportedRefusal[];
}

/** A refusal that a person may ask about. Holds no token's text. */
export interface ReportedRefusal {
  readonly requestId: string;
  /** Unix milliseconds by the verifier's clock. */
  readonly at: number;
  /** Null: no token was known. */
  readonly token: TokenId | null;
  readonly reason: DenyReason;
  readonly status: number;
  readonly message: string;
  /** What was seen, for the token's holder. */
  readonly detail: string | null;
  readonly fix: string;
  readonly method: string;
  readonly service: string;
  readonly requires: readonly string[];
  readonly origin: string;
  readonly trace: readonly TraceStep[];
}

/** The answer to a batch. */
export interface UsageBatchAnswer {
  /** False: it had come before, and nothing was added. */
  readonly taken: boolean;
  /** Unix milliseconds. */
  readonly serverTime: number;
  /** Tokens that nobody knows here: what was counted of them is dropped. */
  readonly unknownTokens: readonly string[];
  /** Whether addresses are to be counted, as /24 and /48. */
  readonly addresses: boolean;
}

/** Rows of one batch, of either kind; longer ones are refused. */
export const MAX_USAGE_ROWS = 5000;
/** Refusals of one batch. */
export const MAX_USAGE_REFUSALS = 200;
const MAX_TEXT_LENGTH = 320;
const MAX_TRACE_STEPS = 32;
const MAX_SENTENCE_LENGTH = 2000;

/** Texts stand once, in a list, and rows name their places. */
export function formatUsageBatch(batch: UsageBatch): string {
  const texts = new Map<string, number>();
  const place = (text: string | null): number => {
    if (text === null) return -1;
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  const counters = batch.counters.map(({ minute, token, service, scope, outcome, count }) => [
    minute,
    place(token),
    place(service),
    place(scope),
    place(outcome),
    count,
  ]);
  const sources = batch.sources.map(({ token, service, outcome, origin, client, address, count, lastAt }) => [
    place(token),
    place(service),
    place(outcome),
    place(origin),
    place(client),
    place(address),
    count,
    lastAt,
  ]);
  const exposures = batch.exposures.map(({ token, service, origin, client, at }) => [
    place(token),
    place(service),
    place(origin),
    place(client),
    at,
  ]);
  const { reporter, sequence, until, isLast, refusals } = batch;
  return JSON.stringify({
    reporter,
    sequence,
    until,
    isLast,
    texts: [...texts.keys()],
    counters,
    sources,
    exposures,
    refusals,
  });
}

/** The body of a batch, or the name of the first field that is wrong. Unknown fields are ignored. Never throws. */
export function parseUsageBatch(
  text: string,
): { readonly ok: true; readonly batch: UsageBatch } | { readonly ok: false; readonly field: string } {
  const fields = parseJsonObject(text);
  if (fields === undefined) return { ok: false, field: 'body' };
  const reporter = asLabel(fields.reporter, 64);
  if (reporter === undefined || !/^[A-Za-z0-9_-]+$/.test(reporter)) return { ok: false, field: 'reporter' };
  const sequence = asCount(fields.sequence);
  if (sequence === undefined || sequence === 0) return { ok: false, field: 'sequence' };
  const until = fields.until === null ? null : asCount(fields.until);
  if (until === undefined) return { ok: false, field: 'until' };
  if (typeof fields.isLast !== 'boolean') return { ok: false, field: 'isLast' };
  const texts = asList(fields.texts, 8 * MAX_USAGE_ROWS, asText);
  if (texts === undefined) return { ok: false, field: 'texts' };
  const counters = asList(fields.counters, MAX_USAGE_ROWS, (row) => asCounter(row, texts));
  if (counters === undefined) return { ok: false, field: 'counters' };
  const sources = asList(fields.sources, MAX_USAGE_ROWS, (row) => asSource(row, texts));
  if (sources === undefined) return { ok: false, field: 'sources' };
  const exposures = asList(fields.exposures ?? [], EXPOSURES_LIMIT, (row) => asExposure(row, texts));
  if (exposures === undefined) return { ok: false, field: 'exposures' };
  const refusals = asList(fields.refusals, MAX_USAGE_REFUSALS, asRefusal);
  if (refusals === undefined) return { ok: false, field: 'refusals' };
  const { isLast } = fields;
  return {
    ok: true,
    batch: { reporter, sequence, until, isLast, counters, sources, exposures, refusals },
  };
}

export function formatUsageBatchAnswer(answer: UsageBatchAnswer): string {
  return JSON.stringify(answer);
}

export function parseUsageBatchAnswer(text: string): UsageBatchAnswer | undefined {
  const fields = parseJsonObject(text);
  const serverTime = asCount(fields?.serverTime);
  const unknownTokens = asList(fields?.unknownTokens, MAX_USAGE_ROWS, asText);
  if (fields === undefined || serverTime === undefined || unknownTokens === undefined) return undefined;
  return { taken: fields.taken === true, serverTime, unknownTokens, addresses: fields.addresses === true };
}

function asList<T>(
  value: unknown,
  limit: number,
  read: (entry: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > limit) return undefined;
  const entries: T[] = [];
  for (const element of value) {
    const entry = read(element);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries;
}

function asText(value: unknown): string | undefined {
  return value === '' ? '' : asLabel(value, MAX_TEXT_LENGTH);
}

function asCounter(row: unknown, texts: readonly string[]): UsageCounter | undefined {
  if (!Array.isArray(row) || row.length !== 6) return undefined;
  const minute = asCount(row[0]);
  const token = tokenAt(row[1], texts);
  const service = textAt(row[2], texts);
  const scope = textAt(row[3], texts);
  const outcome = outcomeAt(row[4], texts);
  const count = asCount(row[5]);
  if (minute === undefined || token === undefined || service === undefined || scope === undefined)
    return undefined;
  if (outcome === undefined || count === undefined) return undefined;
  return { minute, token, service, scope, outcome, count };
}

function asSource(row: unknown, texts: readonly string[]): UsageSource | undefined {
  if (!Array.isArray(row) || row.length !== 8) return undefined;
  const token = tokenAt(row[0], texts);
  const service = textAt(row[1], texts);
  const outcome = outcomeAt(row[2], texts);
  const origin = textAt(row[3], texts);
  const client = textAt(row[4], texts);
  const address = textAt(row[5], texts);
  const count = asCount(row[6]);
  const lastAt = asCount(row[7]);
  if (token === undefined || service === undefined || outcome === undefined) return undefined;
  if (origin === undefined || client === undefined || address === undefined) return undefined;
  if (count === undefined || lastAt === undefined) return undefined;
  return { token, service, outcome, origin, client, address, count, lastAt };
}

function asExposure(row: unknown, texts: readonly string[]): UsageExposure | undefined {
  if (!Array.isArray(row) || row.length !== 5) return undefined;
  const token = tokenAt(row[0], texts);
  const service = textAt(row[1], texts);
  const origin = textAt(row[2], texts);
  const client = textAt(row[3], texts);
  const at = asCount(row[4]);
  if (token === undefined || token === null || service === undefined) return undefined;
  if (origin === undefined || client === undefined || at === undefined) return undefined;
  return { token, service, origin, client, at };
}

function asRefusal(value: unknown): ReportedRefusal | undefined {
  const fields = asObject(value);
  if (fields === undefined) return undefined;
  const requestId = asLabel(fields.requestId, 128);
  const at = asCount(fields.at);
  const token = fields.token === null ? null : asTokenId(fields.token);
  const reason = asOutcome(fields.reason);
  const status = asCount(fields.status);
  const requires = asList(fields.requires, 100, asText);
  const trace = asList(fields.trace, MAX_TRACE_STEPS, asTraceStep);
  const words = asWords(fields);
  if (requestId === undefined || at === undefined || token === undefined || status === undefined)
    return undefined;
  if (reason === undefined || reason === 'allowed' || requires === undefined) return undefined;
  if (trace === undefined || words === undefined) return undefined;
  return { requestId, at, token, reason, status, requires, trace, ...words };
}

type Words = Pick<ReportedRefusal, 'message' | 'detail' | 'fix' | 'method' | 'service' | 'origin'>;

function asWords(fields: JsonObject): Words | undefined {
  const message = asSentence(fields.message);
  const detail = fields.detail === null ? null : asSentence(fields.detail);
  const fix = asSentence(fields.fix);
  const method = asText(fields.method);
  const service = asText(fields.service);
  const origin = asText(fields.origin);
  if (message === undefined || detail === undefined || fix === undefined) return undefined;
  if (method === undefined || service === undefined || origin === undefined) return undefined;
  return { message, detail, fix, method, service, origin };
}

function asTraceStep(value: unknown): TraceStep | undefined {
  const fields = asObject(value);
  const check = asLabel(fields?.check, 64);
  const outcome = fields?.outcome;
  const saw = asSentence(fields?.saw);
  const wants = asSentence(fields?.wants);
  if (check === undefined || saw === undefined || wants === undefined) return undefined;
  if (outcome !== 'passed' && outcome !== 'failed' && outcome !== 'skipped') return undefined;
  // A check of a newer verifier is shown as it is named.
  return { check: check as TraceStep['check'], outcome, saw, wants };
}

function asSentence(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_SENTENCE_LENGTH ? value : undefined;
}

function textAt(place: unknown, texts: readonly string[]): string | undefined {
  return typeof place === 'number' ? texts[place] : undefined;
}

function tokenAt(place: unknown, texts: readonly string[]): TokenId | null | undefined {
  return place === -1 ? null : asTokenId(textAt(place, texts));
}

function asTokenId(value: unknown): TokenId | undefined {
  return typeof value === 'string' ? parseTokenId(value) : undefined;
}

function outcomeAt(place: unknown, texts: readonly string[]): UsageOutcome | undefined {
  return asOutcome(textAt(place, texts));
}

function asOutcome(value: unknown): UsageOutcome | undefined {
  if (value === 'allowed') return value;
  // The table has exactly the reasons as its keys.
  return typeof value === 'string' && Object.hasOwn(refusalTable, value) ? (value as DenyReason) : undefined;
}
