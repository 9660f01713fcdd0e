import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readListSearch } from '../../features/tokens/list/list-search.ts';
import { accountRoute } from './signed-in-routes.tsx';

export const tokenListRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'tokens',
    validateSearch: readListSearch,
    component: lazyRouteComponent(
      () => import('../../features/tokens/list/list-screen.tsx'),
      'TokenListScreen',
    ),
  }),
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'tokens/new',
    component: lazyRouteComponent(
      () => import('../../features/tokens/create/create-screen.tsx'),
      'CreateTokenScreen',
    ),
  }),
] as const;
