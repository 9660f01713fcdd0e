import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-routes.tsx';

/** Pages for whoever runs the installation. */
export const operatorRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: 'operator/accounts',
    component: lazyRouteComponent(
      () => import('../../features/operator/accounts-screen.tsx'),
      'AccountsScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: 'operator/verifiers',
    component: lazyRouteComponent(
      () => import('../../features/operator/verifiers-screen.tsx'),
      'VerifiersScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: 'operator/health',
    component: lazyRouteComponent(() => import('../../features/operator/health-screen.tsx'), 'HealthScreen'),
  }),
] as const;
