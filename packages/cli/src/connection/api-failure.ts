import { LatchkeyApiError, LatchkeyUnreachableError } from '@latchkey/wire/client';
import type { Messages } from '@latchkey/wire/messages';
import type { ExitName } from '../exit-code.ts';
import { Failure, type FailureReport } from '../failure.ts';

export interface Called {
  readonly url: string;
  /** Where the caller's token came from, in words. */
  readonly tokenSource: string;
}

/** Turns what a call rejected with into what the command says. Other errors come back unchanged. */
export function apiFailure(error: unknown, called: Called, text: Messages): unknown {
  if (error instanceof LatchkeyUnreachableError) return new Failure(unreachable(error, called, text), error);
  if (error instanceof LatchkeyApiError) return new Failure(refused(error, called, text), error);
  return error;
}

function unreachable(
  error: LatchkeyUnreachableError,
  { url }: Called,
  { connection }: Messages,
): FailureReport {
  const exit = 'unavailable';
  if (error.code === 'timeout')
    return { exit, code: 'timeout', message: connection.timedOut({ url }), fix: connection.timedOutFix };
  if (error.code === 'unexpected_answer')
    return {
      exit,
      code: 'unexpected_answer',
      message: connection.notLatchkey({ url }),
      fix: `${error.message}\n${connection.notLatchkeyFix}`,
    };
  const code = systemCode(error);
  if (code === 'ECONNREFUSED')
    return {
      exit,
      code: 'connection_refused',
      message: connection.refused({ url }),
      fix: connection.refusedFix({ url }),
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      exit,
      code: 'unknown_host',
      message: connection.unknownHost({ host: new URL(url).hostname }),
      fix: connection.unknownHostFix,
    };
  return {
    exit,
    code: 'connection_failed',
    message: connection.unreachable({ url, problem: error.message }),
    fix: connection.unreachableFix,
  };
}

/** The system's error code, however deep `fetch` has wrapped it. */
function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code)) return error.code;
  // Node tries IPv6 and IPv4 and reports both failures together.
  if (error instanceof AggregateError) return systemCode(error.errors[0]);
  return systemCode(error.cause);
}

const UNAUTHORISED = new Set(['unauthorized', 'malformed_token', 'unknown_token', 'revoked', 'expired']);

const NOT_FOUND = new Set(['token_not_found', 'rotation_not_found', 'account_not_found']);

/** The detail names the lacking scope first. */
const SCOPE = /[a-z][a-z0-9-]*:[a-z][a-z0-9-]*/;

function refused(error: LatchkeyApiError, called: Called, { connection }: Messages): FailureReport {
  const { code, field, requestId } = error;
  const base = { code, field, requestId };
  const detail = error.detail ?? error.message;
  if (UNAUTHORISED.has(code) && error.status === 401)
    return {
      ...base,
      exit: 'unauthorised',
      message: connection.tokenNotAccepted,
      fix: connection.tokenNotAcceptedFix({ source: called.tokenSource }),
    };
  if (error.status === 429)
    return {
      ...base,
      exit: 'unavailable',
      message: connection.rateLimited,
      fix: connection.rateLimitedFix({ seconds: error.retryAfterSeconds ?? 60 }),
    };
  if (error.status >= 500)
    return {
      ...base,
      exit: 'unavailable',
      message: connection.serverFailed({ status: error.status }),
      fix: requestId === undefined ? detail : connection.serverFailedFix({ requestId }),
    };
  const scope = code === 'insufficient_scope' ? SCOPE.exec(detail)?.[0] : undefined;
  if (scope !== undefined)
    return {
      ...base,
      exit: 'unauthorised',
      message: connection.lacksScope({ scope }),
      fix: connection.lacksScopeFix({ scope }),
    };
  // What was given as an argument needs no name; of several options, the one at fault does.
  const isNamed = field === undefined || field === 'id' || field === 'name' || detail.includes(field);
  const sentence = isNamed ? detail : `${field}: ${detail}`;
  return { ...base, exit: exitOf(error), message: connection.notAllowed({ detail: sentence }) };
}

function exitOf(error: LatchkeyApiError): ExitName {
  if (NOT_FOUND.has(error.code)) return 'notFound';
  if (error.status === 401 || error.code === 'insufficient_scope' || error.code === 'operator_only')
    return 'unauthorised';
  return 'refused';
}
