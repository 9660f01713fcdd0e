import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactElement, Suspense } from 'react';
import { createQueryClient } from '../api/query-client.ts';
import { LanguageProvider } from '../language/language-context.tsx';
import { sessionQuery } from '../session/session-query.ts';
import { ToastProvider } from '../ui/toast.tsx';
import { createDashboardRouter } from './router.tsx';

const queryClient = createQueryClient(() => {
  queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
  void router.invalidate();
});
const router = createDashboardRouter(queryClient);

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The whole dashboard. */
export function Dashboard(): ReactElement {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queryClient}>
        <Suspense>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </Suspense>
      </QueryClientProvider>
    </LanguageProvider>
  );
}
