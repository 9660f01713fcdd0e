import { ScopeCatalogueSchema } from '@latchkey/wire/native';
import { openNativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';

export const listScopeCatalogueEndpoint = openNativeEndpoint({
  method: 'get',
  path: '/v1/scopes',
  operationId: 'listScopeCatalogue',
  summary: 'List the scope catalogue',
  counts: 'nobody',
  success: { status: 200, schema: ScopeCatalogueSchema, description: 'Every scope of the installation.' },
  handle: async ({ catalogue }) => answer(200, { scopes: catalogue.scopes }),
});
