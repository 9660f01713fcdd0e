import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

/** Why a token whose time has come is not retired yet. */
export const RotationWaitSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('use').meta({ description: 'It was used.' }),
      lastUsed: IsoTimeSchema,
    }),
    z.object({
      kind: z.literal('verifiers').meta({
        description: 'Verifiers that may have let it in have not reported: cut off, or about to report.',
      }),
      count: z.number().int(),
      decideUntil: IsoTimeSchema.meta({
        description: 'Without a word from them they may let it in until then; then they are not waited for.',
      }),
    }),
    z.object({
      kind: z.literal('successor_expired').meta({
        description: 'The successor has expired: nothing would work. Give it another expiry, or undo.',
      }),
    }),
  ])
  .meta({ id: 'RotationWait' });
export type RotationWait = z.infer<typeof RotationWaitSchema>;
