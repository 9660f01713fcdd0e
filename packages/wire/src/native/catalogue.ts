import * as z from 'zod';

/** What the operator's APIs need: generated from the configuration, so it is what is enforced. */
export const ServicesSchema = z
  .object({
    services: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        baseUrl: z.string().optional(),
        routes: z.array(
          z.object({
            methods: z.array(z.string()),
            path: z.string(),
            scopes: z
              .array(z.string())
              .meta({ description: 'All of them are needed; empty: any valid token will do.' }),
            description: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Services' });
export type Services = z.infer<typeof ServicesSchema>;

export const ScopeCatalogueSchema = z
  .object({
    scopes: z.array(
      z.object({ id: z.string(), public: z.boolean(), operatorOnly: z.boolean(), description: z.string() }),
    ),
  })
  .meta({ id: 'ScopeCatalogue' });
export type ScopeCatalogue = z.infer<typeof ScopeCatalogueSchema>;
