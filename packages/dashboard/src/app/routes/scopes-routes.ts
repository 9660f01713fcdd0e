import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { accountRoute } from './signed-in-routes.tsx';

export const scopesRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'scopes',
    component: lazyRouteComponent(() => import('../../features/scopes/scopes-screen.tsx'), 'ScopesScreen'),
  }),
] as const;
