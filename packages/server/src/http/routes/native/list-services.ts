import { ServicesSchema } from '@latchkey/wire/native';
import { openNativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';

export const listServicesEndpoint = openNativeEndpoint({
  method: 'get',
  path: '/v1/services',
  operationId: 'listServices',
  summary: 'List the APIs and the scopes that they need',
  counts: 'nobody',
  success: { status: 200, schema: ServicesSchema, description: 'Every configured service with its routes.' },
  handle: async ({ services }) => answer(200, { services }),
});
