import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';
import { DurationSchema } from './duration.ts';
import { RotationWaitSchema } from './rotation-wait.ts';
import { NativeTokenSchema } from './token.ts';

const term = {
  grace: DurationSchema.optional().meta({
    description: 'The old token is retired after this time, used or not: 0s to 30d. Left out: 7d.',
  }),
  untilQuiet: DurationSchema.optional().meta({
    description:
      'Instead of grace: the old token is retired once nobody has used it for so long, 1m to 30d. Decided on what every verifier that may let it in has reported.',
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
    description: 'What becomes of the successor. Left out: it is revoked, unless it was used already.',
  }),
});
export type UndoRotationQuery = z.infer<typeof UndoRotationQuerySchema>;

/** A token that is replaced, or was. */
export const RotationSchema = z
  .object({
    token: z.string().meta({ description: 'The id of the old token.' }),
    replacedBy: z.string().meta({ description: 'The id of its successor.' }),
    started: IsoTimeSchema,
    retiresAt: IsoTimeSchema.optional().meta({
      description: 'When the old token is retired; with `untilQuiet`: not before.',
    }),
    untilQuiet: DurationSchema.optional(),
    retired: IsoTimeSchema.optional().meta({ description: 'When the old token was retired.' }),
    waitsFor: z
      .array(RotationWaitSchema)
      .optional()
      .meta({ description: 'What stood in the way when it was looked at last.' }),
    lastUsed: IsoTimeSchema.optional().meta({
      description: 'When the old token was let in last, as far as it is reported.',
    }),
    usedBy: z
      .array(
        z.object({
          service: z.string(),
          origin: z.string().optional().meta({ description: 'The host of the page.' }),
          client: z.string().optional().meta({ description: 'The family of the client.' }),
          address: z.string().optional().meta({ description: 'A range, where addresses are counted.' }),
          lastUsed: IsoTimeSchema,
        }),
      )
      .optional()
      .meta({
        description: 'Who used the old token since the rotation began, the newest first; at most 50.',
      }),
  })
  .meta({ id: 'Rotation' });
export type Rotation = z.infer<typeof RotationSchema>;

/** The successor, with its text where it may be told, and the rotation that it came from. */
export const RotatedTokenSchema = NativeTokenSchema.extend({
  rotation: RotationSchema.optional().meta({ description: 'Left out where it was undone.' }),
}).meta({ id: 'RotatedToken' });
export type RotatedToken = z.infer<typeof RotatedTokenSchema>;
