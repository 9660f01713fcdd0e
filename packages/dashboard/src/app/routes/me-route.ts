import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-routes.tsx';

/** Profile and security of the person who is signed in, whatever the account. */
export const meRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'me',
  component: lazyRouteComponent(() => import('../../features/me/me-screen.tsx'), 'MeScreen'),
});
