import { LatchkeyApiError } from '@latchkey/wire/client';
import { createRoute, notFound, redirect } from '@tanstack/react-router';
import { lastAccount } from '../../session/last-account.ts';
import { sessionQuery } from '../../session/session-query.ts';
import { Shell } from '../shell.tsx';
import { rootRoute } from './root-route.tsx';

/** Everything behind the sign-in stands in the shell. Who is not signed in goes to the sign-in, and comes back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: Shell,
  async beforeLoad({ context, location }) {
    try {
      return { session: await context.queryClient.ensureQueryData(sessionQuery) };
    } catch (error) {
      if (!(error instanceof LatchkeyApiError) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: { next: location.publicHref }, replace: true });
    }
  },
});

/** Pages about one account. */
export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'a/$account',
  beforeLoad({ context, params }) {
    if (!context.session.accounts.some(({ name }) => name === params.account)) throw notFound();
  },
});

/** The page that an account opens with. */
export const accountIndexRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: '/',
  beforeLoad({ params }) {
    throw redirect({ to: '/a/$account/tokens', params, replace: true });
  },
});

/** `/dashboard/` leads to the account that was open last, or the first. */
export const indexRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad({ context }) {
    const account = lastAccount(context.session.accounts);
    // Whoever is in no account has a page about themselves.
    if (account === undefined) throw redirect({ to: '/me', replace: true });
    throw redirect({ to: '/a/$account', params: { account: account.name }, replace: true });
  },
});
