import type { AppDeps } from './app-deps.ts';
import type { App } from './call-state.ts';

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' } as const;
const PING_LIMIT_MS = 2000;

/** `/healthz`: the process runs. `/readyz`: 200 while the store answers, 503 otherwise. */
export function mountHealth(app: App, deps: Pick<AppDeps, 'store' | 'log'>): void {
  app.get('/healthz', (context) => {
    context.env.call.route = '/healthz';
    return new Response('{"status":"ok"}', { headers: HEADERS });
  });
  app.get('/readyz', async (context) => {
    context.env.call.route = '/readyz';
    const isReady = await answersInTime(deps);
    const body = isReady ? '{"status":"ready"}' : '{"status":"unavailable"}';
    return new Response(body, { status: isReady ? 200 : 503, headers: HEADERS });
  });
}

async function answersInTime({ store, log }: Pick<AppDeps, 'store' | 'log'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_LIMIT_MS);
  });
  const answered = store.ping().then(
    () => true,
    (error: unknown) => {
      log.error({ err: error }, 'the store does not answer');
      return false;
    },
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
