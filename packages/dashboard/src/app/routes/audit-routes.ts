import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { accountRoute } from './signed-in-routes.tsx';

export const auditRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'audit',
    /** The filter; what does not read is left away by the screen. */
    validateSearch: (search: AuditSearch): AuditSearch => search,
    component: lazyRouteComponent(() => import('../../features/audit/audit-screen.tsx'), 'AuditScreen'),
  }),
] as const;

export interface AuditSearch {
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly account?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}
