import * as z from 'zod';
import { TOKENS_API_ERRORS, type TokensApiErrorCode } from './error.ts';
import { IsoTimeSchema } from './token.ts';

export const VERDICTS = [
  'TokenValid',
  'TokenMalformed',
  'TokenInvalid',
  'TokenExpired',
  'TokenRevoked',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Answer of "validate": 200 whatever the verdict. Scopes of public and secret tokens are not told here. */
export const ValidationSchema = z
  .object({
    code: z.enum(VERDICTS),
    token: z
      .union([
        z.object({ usage: z.enum(['pk', 'sk']), user: z.string(), authorization: z.string() }),
        z.object({
          usage: z.literal('tk'),
          user: z.string(),
          expires: IsoTimeSchema,
          created: IsoTimeSchema,
          scopes: z.array(z.string()),
          client: z.literal('api'),
        }),
      ])
      .optional(),
  })
  .meta({ id: 'Validation' });
export type Validation = z.infer<typeof ValidationSchema>;

const CODES = Object.keys(TOKENS_API_ERRORS) as [TokensApiErrorCode, ...TokensApiErrorCode[]];

/** Body of every error: `message` is what existing clients know, the rest says more. */
export const TokensApiErrorSchema = z
  .object({
    message: z.string(),
    code: z.enum(CODES),
    detail: z.string().optional().meta({ description: 'What was seen and what would pass.' }),
    field: z.string().optional().meta({ description: 'The field of the body at fault: `scopes[2]`.' }),
    docs: z.string().meta({ description: 'Where this code is explained.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Error' });
export type TokensApiErrorBody = z.infer<typeof TokensApiErrorSchema>;
