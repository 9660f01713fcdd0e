import * as z from 'zod';
import type { TokensApiErrorCode } from './error.ts';

/** Longest page of a list; also the number of rows without `limit` is {@link LIST_DEFAULT_LIMIT}. */
export const LIST_MAX_LIMIT = 500;
export const LIST_DEFAULT_LIMIT = 100;

const DIGITS = /^[0-9]{1,6}$/;

/** A count written in decimal digits, as it stands in a query string. */
export const limitSchema = z
  .string()
  .regex(DIGITS)
  .transform(Number)
  .pipe(z.number().int().min(1).max(LIST_MAX_LIMIT));

export const booleanInQuerySchema = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Query of "list". Unknown parameters are ignored; all filters combine. */
export const ListTokensQuerySchema = z.object({
  default: booleanInQuerySchema
    .optional()
    .meta({ description: 'true: only the default token; false: all but it.' }),
  limit: limitSchema
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: LIST_MAX_LIMIT, default: LIST_DEFAULT_LIMIT }),
  sortby: z.enum(['created', 'modified']).optional().meta({ description: 'Newest first.' }),
  start: z.string().optional().meta({ description: 'Opaque: take it from the `Link` header.' }),
  usage: z.enum(['pk', 'sk']).optional(),
});
export type ListTokensQuery = z.infer<typeof ListTokensQuerySchema>;

/** Which error a bad value of each parameter is. */
export const LIST_QUERY_ERRORS = {
  default: 'default_invalid',
  limit: 'limit_invalid',
  sortby: 'sortby_invalid',
  start: 'start_invalid',
  usage: 'usage_invalid',
} as const satisfies Record<keyof ListTokensQuery, TokensApiErrorCode>;
