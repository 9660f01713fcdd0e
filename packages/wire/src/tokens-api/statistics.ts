import * as z from 'zod';
import { IsoTimeSchema } from './token.ts';

const date = z.string().meta({ description: 'YYYY-MM-DD, UTC.', example: '2026-11-01' });

export const StatisticsQuerySchema = z.object({
  token_id: z.string().optional().meta({ description: 'Left out: all tokens of the account.' }),
  period_start: date.optional().meta({ description: 'Left out: 30 days with the last one.' }),
  period_end: date.optional().meta({ description: 'Left out: today. At most 31 days from the first.' }),
});
export type StatisticsQuery = z.infer<typeof StatisticsQuerySchema>;

const dimension = z.array(z.object({ name: z.string(), usage: z.number().int() }));

export const StatisticsSchema = z
  .object({
    data: z.object({
      period: z.object({ start: z.string(), end: z.string() }),
      token_id: z.string().nullable(),
      activeDays: z.array(z.string()),
      products: z.record(
        z.string(),
        z.object({
          daily: z.array(z.object({ date: z.string(), usage: z.number().int() })),
          dimensions: z.object({ browsers: dimension, countries: dimension, hosts: dimension }),
        }),
      ),
    }),
    generated_at: IsoTimeSchema,
  })
  .meta({ id: 'Statistics' });
export type Statistics = z.infer<typeof StatisticsSchema>;
