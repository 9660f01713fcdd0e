import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

/** A request to be explained: described, not made. */
export const ExplainBodySchema = z
  .strictObject({
    token: z.string().meta({ description: "A token's id, or its text." }),
    request: z.strictObject({
      method: z.string().optional().meta({ description: 'Left out: GET.' }),
      url: z.string().meta({ description: 'Path or absolute URL at the API; the query is not looked at.' }),
      headers: z.record(z.string(), z.string()).optional().meta({
        description: '`Origin`, `Referer`, `Sec-Fetch-Site` and the application headers; others are ignored.',
      }),
      address: z.string().optional().meta({ description: "The caller's IP address." }),
      transport: z
        .enum(['header', 'query'])
        .optional()
        .meta({ description: 'How the token comes. Left out: header.' }),
    }),
    scopes: z
      .array(z.string())
      .optional()
      .meta({ description: 'What the route needs. Left out: looked up in the configured services.' }),
  })
  .meta({ id: 'ExplainBody' });
export type ExplainBody = z.infer<typeof ExplainBodySchema>;

/** The request of a refusal, by the id that was answered with it. */
export const ExplainRefusalBodySchema = z
  .strictObject({
    requestId: z.string().meta({ description: '`requestId` of a refusal, as it was answered.' }),
  })
  .meta({ id: 'ExplainRefusalBody' });

export const AnyExplainBodySchema = z.union([ExplainBodySchema, ExplainRefusalBodySchema]);
export type AnyExplainBody = z.infer<typeof AnyExplainBodySchema>;

export const ExplanationSchema = z
  .object({
    allowed: z.boolean(),
    reason: z.string().nullable().meta({ description: 'The first check that failed; null where allowed.' }),
    status: z.number().int().meta({ description: 'What the API would answer; 200 where allowed.' }),
    message: z.string().nullable(),
    detail: z.string().nullable().meta({ description: 'What was seen.' }),
    fix: z.string().nullable().meta({ description: 'The smallest change that would pass.' }),
    requires: z.array(z.string()),
    route: z
      .object({ service: z.string(), path: z.string(), methods: z.array(z.string()) })
      .nullable()
      .meta({
        description: 'The configured route that the request meets; null: none, or scopes were given.',
      }),
    token: z.object({ id: z.string(), account: z.string(), usage: z.enum(['pk', 'sk', 'tk']) }).nullable(),
    exposedInUrl: z
      .boolean()
      .meta({ description: 'A secret would stand in the URL, where logs and referrers see it.' }),
    refusal: z
      .object({
        requestId: z.string(),
        at: IsoTimeSchema,
        method: z.string(),
        service: z.string(),
        origin: z.string().meta({ description: 'Host of the page; empty: none was told.' }),
      })
      .optional()
      .meta({ description: 'The request that was refused, where its id was given.' }),
    trace: z.array(
      z.object({
        check: z.string(),
        outcome: z.enum(['passed', 'failed', 'skipped']),
        saw: z.string(),
        wants: z.string(),
      }),
    ),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof ExplanationSchema>;
