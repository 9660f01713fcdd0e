import type { AppDeps } from './app-deps.ts';
import type { AppContext } from './call-state.ts';

/**
 * Public URL of this server without a trailing slash: the configured one, or else what the caller itself asked for. The
 * latter goes into answers to that caller only, never into a decision.
 */
export function baseUrlOf(deps: Pick<AppDeps, 'publicUrl'>, context: AppContext): string {
  return deps.publicUrl ?? new URL(context.req.url).origin;
}
