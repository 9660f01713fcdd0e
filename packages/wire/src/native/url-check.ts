import * as z from 'zod';
import { UrlWarningSchema } from '../tokens-api/token.ts';

export const CheckUrlsBodySchema = z
  .strictObject({
    entries: z.array(z.string()).meta({ description: 'URL entries as they would be sent for a token.' }),
    strictPaths: z.boolean().optional(),
    address: z
      .string()
      .optional()
      .meta({ description: 'The address of a page: would a request from it be let in?' }),
  })
  .meta({ id: 'CheckUrlsBody' });
export type CheckUrlsBody = z.infer<typeof CheckUrlsBodySchema>;

export const CheckedUrlsSchema = z
  .object({
    entries: z
      .array(z.string())
      .meta({ description: 'As they would be stored; empty where one of them has no valid form.' }),
    faults: z.array(
      z.object({
        index: z.number().int().nullable().meta({ description: 'Of the entry; null: the list itself.' }),
        reason: z.string(),
        fix: z.string(),
      }),
    ),
    warnings: z.array(UrlWarningSchema),
    address: z
      .object({
        allowed: z.boolean(),
        detail: z.string().nullable().meta({ description: 'Why not; null where it is allowed.' }),
        fix: z.string().nullable(),
        entries: z
          .array(z.object({ entry: z.string(), allowed: z.boolean() }))
          .meta({ description: 'Which of them let the page in by themselves.' }),
      })
      .optional()
      .meta({ description: 'Of `address`, where all entries have a valid form.' }),
  })
  .meta({ id: 'CheckedUrls' });
export type CheckedUrls = z.infer<typeof CheckedUrlsSchema>;
