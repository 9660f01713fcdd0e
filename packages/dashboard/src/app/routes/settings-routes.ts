import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { accountRoute } from './signed-in-routes.tsx';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => accountRoute,
    path: 'settings',
    component: lazyRouteComponent(
      () => import('../../features/settings/settings-screen.tsx'),
      'SettingsScreen',
    ),
  }),
] as const;
