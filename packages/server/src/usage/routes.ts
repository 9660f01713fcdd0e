import { formatUsageBatchAnswer, parseUsageBatch, type UsageBatchAnswer } from '@latchkey/wire/feed';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { FeedCaller } from '../feed/feed-caller.ts';
import { readText } from '../feed/read-text.ts';
import type { FeedRefusal } from '../feed/routes.ts';
import type { DeliveredBatch } from './take-batch.ts';

export interface UsageRouteDeps {
  readonly takeBatch: (delivered: DeliveredBatch) => Promise<UsageBatchAnswer>;
  /** The holder of a Bearer token with the scope `verifiers:sync`, or the refusal to answer with. */
  readonly authorize: (context: Context) => Promise<FeedCaller | Response>;
  /** Answers a refusal in the form of the native API (RFC 9457). */
  readonly refuse: (context: Context, refusal: FeedRefusal) => Response;
}

/** Five thousand rows of each kind, with long names, and two hundred refusals with their traces. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const SENT_AT = /^[0-9]{1,16}$/;

/** `POST /v1/usage/batches`. What the store rejects with is thrown to the app's error handler. */
export function createUsageRoutes({ takeBatch, authorize, refuse }: UsageRouteDeps): Hono {
  const routes = new Hono();
  routes.post('/v1/usage/batches', async (context) => {
    const caller = await authorize(context);
    if (caller instanceof Response) return caller;
    const told = context.req.query('sentAt');
    if (told !== undefined && !SENT_AT.test(told)) {
      const detail = 'sentAt must be unix milliseconds.';
      return refuse(context, { code: 'invalid_request', detail, field: 'sentAt' });
    }
    const text = await readText(context.req.raw.body, MAX_BATCH_BYTES);
    if (text === undefined) {
      return refuse(context, { code: 'payload_too_large', detail: 'A batch has at most 4 MiB.' });
    }
    const parsed = parseUsageBatch(text);
    if (!parsed.ok) {
      const { field } = parsed;
      const detail = `The field ${field} of the batch is missing or wrong.`;
      return refuse(context, { code: 'invalid_request', detail, field });
    }
    const sentAt = told === undefined ? undefined : Number(told);
    const answer = await takeBatch({ batch: parsed.batch, token: caller.token, sentAt });
    return new Response(formatUsageBatchAnswer(answer), {
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
    });
  });
  return routes;
}
