import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { SignedOutShell } from '../signed-out-shell.tsx';
import { rootRoute } from './root-route.tsx';

/** Where somebody goes who is not signed in, or not yet. */
const signedOutRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-out',
  component: SignedOutShell,
});

const getParentRoute = () => signedOutRoute;

export const signedOutRoutes = signedOutRoute.addChildren([
  createRoute({
    getParentRoute,
    path: 'sign-in',
    // Undefined and not left out: what the address holds would be handed on as it is, and could lead to another site.
    validateSearch: ({ next }): { readonly next?: string | undefined } => ({
      next: typeof next === 'string' && next.startsWith('/dashboard/') ? next : undefined,
    }),
    component: lazyRouteComponent(() => import('../../features/sign-in/sign-in-screen.tsx'), 'SignInScreen'),
  }),
  createRoute({
    getParentRoute,
    path: 'setup',
    component: lazyRouteComponent(() => import('../../features/sign-in/setup-screen.tsx'), 'SetupScreen'),
  }),
  createRoute({
    getParentRoute,
    path: 'invitation',
    component: lazyRouteComponent(
      () => import('../../features/sign-in/invitation-screen.tsx'),
      'InvitationScreen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: 'forgotten',
    component: lazyRouteComponent(
      () => import('../../features/sign-in/forgotten-screen.tsx'),
      'ForgottenScreen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: 'reset',
    component: lazyRouteComponent(() => import('../../features/sign-in/reset-screen.tsx'), 'ResetScreen'),
  }),
  createRoute({
    getParentRoute,
    path: 'verify-email',
    component: lazyRouteComponent(
      () => import('../../features/sign-in/verify-email-screen.tsx'),
      'VerifyEmailScreen',
    ),
  }),
]);
