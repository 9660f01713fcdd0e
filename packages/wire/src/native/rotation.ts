import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';
import { DurationSchema } from './duration.ts';
import { RotationWaitSchema } from './rotation-wait.ts';
import { NativeTokenSchema } from './token.ts';

const term = {
  grace: DurationSchema.optional().meta({
    description: 'The old token is retired after this time, used or not: 0s to 30d. Left out: 7d.',
  }),
};

export const RotateTokenBodySchema = z
  .strictObject({
    ...term,
    expires: z.string().nullable().optional().meta({
      description:
        'When the successor expires; null: never. Left out: when the old token does. It counts as given by the caller.',
    }),
  })
  .meta({ id: 'RotateTokenBody' });
export type RotateTokenBody = z.infer<typeof RotateTokenBodySchema>;

/** Counted from the moment of the call. */
export const ChangeRotationBodySchema = z.strictObject(term).meta({ id: 'ChangeRotationBody' });
export type ChangeRotationBody = z.infer<typeof ChangeRotationBodySchema>;

export const UndoRotationQuerySchema = z.object({
  successor: z.enum(['revoke', 'keep']).optional().meta({
    description: 'What becomes of the successor. Left out: it is revoked.',
  }),
});
export type UndoRotationQuery = z.infer<typeof UndoRotationQuerySchema>;

/** A token that is replaced, or was. */
export const RotationSchema = z
  .object({
    token: z.string().meta({ description: 'The id of the old token.' }),
    replacedBy: z.string().meta({ description: 'The id of its successor.' }),
    started: IsoTimeSchema,
    retiresAt: IsoTimeSchema.optional().meta({ description: 'When the old token is retired.' }),
    retired: IsoTimeSchema.optional().meta({ description: 'When the old token was retired.' }),
    waitsFor: z
      .array(RotationWaitSchema)
      .optional()
      .meta({ description: 'What stood in the way when it was looked at last.' }),
  })
  .meta({ id: 'Rotation' });
export type Rotation = z.infer<typeof RotationSchema>;

/** The successor, with its text where it may be told, and the rotation that it came from. */
export const RotatedTokenSchema = NativeTokenSchema.extend({
  rotation: RotationSchema.optional().meta({ description: 'Left out where it was undone.' }),
}).meta({ id: 'RotatedToken' });
export type RotatedToken = z.infer<typeof RotatedTokenSchema>;
