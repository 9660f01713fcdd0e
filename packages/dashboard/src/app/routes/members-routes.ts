import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { accountRoute } from './signed-in-routes.tsx';

export const membersRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'members',
    component: lazyRouteComponent(() => import('../../features/members/members-screen.tsx'), 'MembersScreen'),
  }),
] as const;
