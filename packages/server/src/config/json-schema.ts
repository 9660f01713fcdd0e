import * as z from 'zod';
import { ConfigSchema } from './config-schema.ts';

/** The JSON Schema of `latchkey.yaml`, for editors. */
export function buildConfigJsonSchema(): object {
  return z.toJSONSchema(ConfigSchema, { io: 'input' });
}
