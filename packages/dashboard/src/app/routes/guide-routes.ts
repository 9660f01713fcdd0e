import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-routes.tsx';

export const guideRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: 'guide',
    beforeLoad() {
      throw redirect({ to: '/guide/$chapter', params: { chapter: 'tokens' }, replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: 'guide/$chapter',
    component: lazyRouteComponent(() => import('../../features/guide/guide-screen.tsx'), 'GuideScreen'),
  }),
] as const;
