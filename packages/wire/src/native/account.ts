import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';
import { pageOf, pageQuery } from './page.ts';
import { NativeTokenSchema } from './token.ts';

export const AccountSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['operator', 'customer']),
    status: z.enum(['active', 'suspended']),
    allowance: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Scopes that the account may hold; null: every scope of the catalogue.' }),
    created: IsoTimeSchema,
    modified: IsoTimeSchema,
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof AccountSchema>;

export const AccountPageSchema = pageOf(AccountSchema, 'AccountPage');
export type AccountPage = z.infer<typeof AccountPageSchema>;

export const ListAccountsQuerySchema = z.object(pageQuery);
export type ListAccountsQuery = z.infer<typeof ListAccountsQuerySchema>;

export const CreateAccountBodySchema = z
  .strictObject({
    name: z
      .string()
      .meta({ description: '2 to 39 of `a-z`, `0-9` and single `-`; begins and ends with no `-`.' }),
    allowance: z
      .array(z.string())
      .optional()
      .meta({ description: 'Left out: every scope of the catalogue.' }),
  })
  .meta({ id: 'CreateAccountBody' });
export type CreateAccountBody = z.infer<typeof CreateAccountBodySchema>;

export const CreatedAccountSchema = z
  .object({
    account: AccountSchema,
    token: NativeTokenSchema.meta({
      description: 'A secret token with every scope of the account; its text is told here and never again.',
    }),
    defaultToken: NativeTokenSchema,
    code: z.literal('secret_already_shown').optional(),
  })
  .meta({ id: 'CreatedAccount' });
export type CreatedAccount = z.infer<typeof CreatedAccountSchema>;
