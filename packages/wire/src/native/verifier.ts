import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

/** Where a verifier stands with a change. Times are by the server's clock. */
export const ReceiptStateSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('applied'),
    appliedAt: IsoTimeSchema.meta({ description: 'By then at the latest.' }),
  }),
  z.object({
    state: z.literal('pending').meta({ description: 'Connected, and has not applied it yet.' }),
    pendingSince: IsoTimeSchema,
  }),
  z.object({
    state: z.enum(['unreachable', 'expired']),
    servesUntil: IsoTimeSchema.meta({
      description: 'From then on it refuses. `expired`: this time has passed.',
    }),
  }),
]);
export type ReceiptState = z.infer<typeof ReceiptStateSchema>;

const identity = {
  id: z.string(),
  name: z.string().nullable().meta({ description: 'What it calls itself.' }),
  version: z.string().nullable(),
};

export const ReceiptSchema = z
  .object({
    revision: z.number().int(),
    at: IsoTimeSchema.meta({ description: 'When the change was committed.' }),
    complete: z
      .boolean()
      .meta({ description: 'Every verifier has applied it or has expired: nobody decides without it.' }),
    completedAt: IsoTimeSchema.nullable(),
    verifiers: z.array(z.object(identity).and(ReceiptStateSchema)),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof ReceiptSchema>;

export const TokenReceiptSchema = ReceiptSchema.extend({
  verifiers: z.array(
    z
      .object({ id: identity.id, name: z.string() })
      .partial()
      .meta({ description: 'Told to callers that have verifiers:read.' })
      .and(ReceiptStateSchema),
  ),
}).meta({ id: 'TokenReceipt', description: 'Of the last change of what a token may do.' });
export type TokenReceipt = z.infer<typeof TokenReceiptSchema>;

export const VerifierSchema = z
  .object({
    ...identity,
    token: z.string().meta({ description: 'The id of the token that it came with.' }),
    revision: z.number().int().nullable().meta({ description: 'Up to where it has applied everything.' }),
    epoch: z.string().nullable(),
    connected: z.boolean().meta({ description: 'Its stream is open and it acknowledges.' }),
    connectedAt: IsoTimeSchema,
    acknowledgedAt: IsoTimeSchema.nullable(),
    usage: z
      .object({
        reportedUntil: IsoTimeSchema.nullable().meta({
          description: 'Every request that it decided before then is counted; null: it has told of no time.',
        }),
        clockSkewMs: z.number().int().nullable().meta({
          description: 'By how much its clock was ahead when it reported last, less what the call took.',
        }),
      })
      .meta({ description: 'How far it has reported what it counted.' }),
    staleness: z
      .object({
        secret: z.number(),
        temporary: z.number(),
        public: z.number(),
        scopes: z.record(z.string(), z.number()).meta({
          description: 'Less for tokens that hold one of these; empty also where it does not know of them.',
        }),
      })
      .meta({ description: 'Seconds for which it goes on without the server, per class of tokens.' }),
    rejected: z
      .array(
        z.object({ revision: z.number().int().nullable(), id: z.string().nullable(), reason: z.string() }),
      )
      .meta({ description: 'Records that it could not read; their tokens are refused there.' }),
  })
  .and(ReceiptStateSchema)
  .meta({ id: 'Verifier', description: 'A verifier, and where it stands with the newest change.' });
export type Verifier = z.infer<typeof VerifierSchema>;

export const VerifiersSchema = z
  .object({
    epoch: z.string(),
    revision: z.number().int().meta({ description: 'Of the newest change.' }),
    verifiers: z.array(VerifierSchema),
    alarms: z
      .array(
        z.object({
          at: IsoTimeSchema,
          reason: z.enum(['journal', 'tombstones', 'cursor']).meta({ description: 'What proved it.' }),
          revived: z
            .number()
            .int()
            .meta({ description: 'Tokens that had come back and were revoked again.' }),
          epoch: z.string().meta({ description: 'The epoch that began.' }),
        }),
      )
      .meta({ description: 'The database went back in time; newest first.' }),
  })
  .meta({ id: 'Verifiers' });
export type Verifiers = z.infer<typeof VerifiersSchema>;
