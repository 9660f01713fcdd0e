import type { NativeToken } from '@latchkey/wire/native';
import { type Context, warn } from '../context.ts';

/** Says what the server thinks of the web sites that it took: saved in another form, or protecting less than it seems. */
export function warnOfEntries(context: Context, warnings: NativeToken['warnings']): void {
  if (context.globals().json) return;
  for (const { detail } of warnings ?? []) warn(context, detail);
}
