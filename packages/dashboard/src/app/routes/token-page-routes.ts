import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readEditSearch } from '../../features/tokens/edit/edit-search.ts';
import { readUsageSearch } from '../../features/tokens/usage/usage-search.ts';
import { accountRoute } from './signed-in-routes.tsx';

export const tokenPageRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'tokens/$token',
    component: lazyRouteComponent(
      () => import('../../features/tokens/detail/token-screen.tsx'),
      'TokenScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'tokens/$token/edit',
    validateSearch: readEditSearch,
    component: lazyRouteComponent(() => import('../../features/tokens/edit/edit-screen.tsx'), 'EditScreen'),
  }),
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'tokens/$token/rotate',
    component: lazyRouteComponent(
      () => import('../../features/tokens/rotate/rotate-screen.tsx'),
      'RotateScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'explain',
    validateSearch: (search): { readonly token?: string } =>
      typeof search.token === 'string' ? { token: search.token } : {},
    component: lazyRouteComponent(
      () => import('../../features/tokens/explain/explain-screen.tsx'),
      'ExplainScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'usage',
    validateSearch: readUsageSearch,
    component: lazyRouteComponent(
      () => import('../../features/tokens/usage/usage-screen.tsx'),
      'UsageScreen',
    ),
  }),
] as const;
