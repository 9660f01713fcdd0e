import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { LoadingScreen } from './loading-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { auditRoutes } from './routes/audit-routes.ts';
import { guideRoutes } from './routes/guide-routes.ts';
import { meRoute } from './routes/me-route.ts';
import { membersRoutes } from './routes/members-routes.ts';
import { operatorRoutes } from './routes/operator-routes.ts';
import { rootRoute } from './routes/root-route.tsx';
import { scopesRoutes } from './routes/scopes-routes.ts';
import { settingsRoutes } from './routes/settings-routes.ts';
import { accountIndexRoute, accountRoute, indexRoute, signedInRoute } from './routes/signed-in-routes.tsx';
import { signedOutRoutes } from './routes/signed-out-routes.ts';
import { tokenListRoutes } from './routes/token-list-routes.ts';
import { tokenPageRoutes } from './routes/token-page-routes.ts';
import { ScreenFailure } from './screen-failure.tsx';

/** Every address of the dashboard. Each feature is fetched when it is first opened. */
const routeTree = rootRoute.addChildren([
  signedOutRoutes,
  signedInRoute.addChildren([
    indexRoute,
    meRoute,
    ...guideRoutes,
    ...operatorRoutes,
    accountRoute.addChildren([
      accountIndexRoute,
      ...tokenListRoutes,
      ...tokenPageRoutes,
      ...scopesRoutes,
      ...auditRoutes,
      ...membersRoutes,
      ...settingsRoutes,
    ]),
  ]),
]);

// The return type is the map of all addresses, which only the compiler can write down.
export function createDashboardRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/dashboard',
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingScreen,
    defaultErrorComponent: ScreenFailure,
    defaultNotFoundComponent: NotFoundScreen,
    // What is fetched is kept by the query client; the router keeps none of it.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}
