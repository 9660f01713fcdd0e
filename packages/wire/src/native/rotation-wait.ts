import * as z from 'zod';

/** Why a token whose time has come is not retired yet. */
export const RotationWaitSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('successor_expired').meta({
        description: 'The successor has expired: nothing would work. Give it another expiry, or undo.',
      }),
    }),
  ])
  .meta({ id: 'RotationWait' });
export type RotationWait = z.infer<typeof RotationWaitSchema>;
