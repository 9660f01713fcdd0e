import type { Denied } from './decision.ts';
import type { DenyReason } from './deny-reason.ts';
import type { RefusalRow } from './refusal-table.ts';
import { refusalTable } from './refusal-table.ts';

/** A refusal in HTTP terms, ready to be sent by any adapter. */
export interface Refusal {
  readonly status: RefusalRow['status'];
  /** As contract clients know it: `Not Authorized - Invalid Token`. */
  readonly message: string;
  readonly code: DenyReason;
  /** What was seen and what would pass; only for the holder of the token's text. */
  readonly detail: string | undefined;
  /** Response headers; names in their usual spelling. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The JSON body of a refusal. `detail` is absent where there is none. */
export interface RefusalBody {
  readonly message: string;
  readonly code: DenyReason;
  readonly detail?: string;
  readonly requestId: string;
}

/** Why a request was refused and what to do, for the holder of the token. */
export interface RefusalHelp {
  readonly sentence: string;
  readonly fix: string;
}

/** Any page may read why it was refused; no cache may keep a refusal (a 401 is cacheable by some, a later grant is not theirs to hide). */
const COMMON_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
  'Cache-Control': 'no-store',
} as const;

/**
 * Turns a refusal into what a resource API answers: status, message, RFC 6750 challenge, CORS headers. A caller
 * who did not show the text of a known token cannot tell revoked, expired or broken from unknown.
 */
export function refusalOf(denied: Denied): Refusal {
  const isStranger = denied.token === undefined;
  const code = isStranger ? refusalTable[denied.reason].toStrangers : denied.reason;
  const row: RefusalRow = refusalTable[code];
  const headers: Record<string, string> = { ...COMMON_HEADERS };
  if (row.challenge !== undefined) headers['WWW-Authenticate'] = challenge(row.challenge, denied);
  if (row.retryAfterSeconds !== undefined) headers['Retry-After'] = String(row.retryAfterSeconds);
  return {
    status: row.status,
    message: withScope(row.message, denied),
    code,
    detail: code === denied.reason ? denied.detail : undefined,
    headers,
  };
}

/** The body that goes with a refusal. `requestId` is the adapter's name for this request. */
export function refusalBody(refusal: Refusal, requestId: string): RefusalBody {
  const { message, code, detail } = refusal;
  return detail === undefined ? { message, code, requestId } : { message, code, detail, requestId };
}

/** The holder's sentence and the smallest fix. For people who may see the token, never for strangers. */
export function refusalHelp(denied: Denied): RefusalHelp {
  const { sentence, fix } = refusalTable[denied.reason];
  return { sentence: withScope(sentence, denied), fix: withScope(fix, denied) };
}

function challenge(error: NonNullable<RefusalRow['challenge']>, { scope }: Denied): string {
  if (error === 'none') return 'Bearer realm="Latchkey"';
  const named = `Bearer realm="Latchkey", error="${error}"`;
  return scope === undefined ? named : `${named}, scope="${scope}"`;
}

function withScope(text: string, { scope }: Denied): string {
  return scope === undefined ? text : text.replaceAll('{scope}', scope);
}
