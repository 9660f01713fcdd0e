import * as z from 'zod';
import { LIST_DEFAULT_LIMIT, LIST_MAX_LIMIT, limitSchema } from '../tokens-api/query.ts';

/** Wraps rows of a list: `next` is an opaque cursor for the parameter `cursor`, null on the last page. */
export function pageOf<T extends z.ZodType>(items: T, id: string) {
  return z.object({ items: z.array(items), next: z.string().nullable() }).meta({ id });
}

export const pageQuery = {
  cursor: z.string().optional().meta({ description: 'Opaque: `next` of the page before.' }),
  limit: limitSchema
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: LIST_MAX_LIMIT, default: LIST_DEFAULT_LIMIT }),
};
