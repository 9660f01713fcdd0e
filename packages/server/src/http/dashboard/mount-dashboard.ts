import type { AppDeps } from '../app-deps.ts';
import type { App, AppContext } from '../call-state.ts';
import { chooseEncoding } from './choose-encoding.ts';
import { type DashboardFile, type DashboardFiles, readDashboardFiles } from './dashboard-files.ts';
import { CACHE_OF, dashboardHeaders } from './dashboard-headers.ts';

const ROOT = '/dashboard/';
const PATTERN = '/dashboard/*';
const REFERENCE = '/docs';

/** `/dashboard/` with all below it, `/`, which leads there, and the API reference at `/docs`, which is built with it. */
export function mountDashboard(
  app: App,
  { publicOrigin }: Pick<AppDeps, 'publicOrigin'>,
  files: DashboardFiles | undefined = readDashboardFiles(),
): void {
  const headers = () => dashboardHeaders(publicOrigin()?.startsWith('https:') === true);
  app.get('/', (context) => {
    context.env.call.route = '/';
    return new Response(null, {
      status: 302,
      headers: { ...headers(), location: ROOT, 'cache-control': 'no-cache' },
    });
  });
  app.get(REFERENCE, (context) => {
    context.env.call.route = REFERENCE;
    const file = files?.get('reference.html');
    return file === undefined ? answerMissing(files, headers()) : answerFile(context, file, headers());
  });
  app.get(PATTERN, (context) => {
    context.env.call.route = PATTERN;
    const path = context.req.path.slice(ROOT.length);
    const file = files === undefined ? undefined : findFile(files, path);
    return file === undefined ? answerMissing(files, headers()) : answerFile(context, file, headers());
  });
}

/** Addresses of screens are all the one page, whose router reads them; a path that looks like a file is that file or nothing. */
function findFile(files: DashboardFiles, path: string): DashboardFile | undefined {
  const isFile = path.startsWith('assets/') || /\.(?:js|css|svg|json|map|txt|ico|png)$/.test(path);
  return files.get(path) ?? (isFile ? undefined : files.get('index.html'));
}

function answerFile(
  context: AppContext,
  { type, isHashed, etag, bytes }: DashboardFile,
  headers: Readonly<Record<string, string>>,
): Response {
  const encoding = chooseEncoding(context.req.header('accept-encoding'), (each) => bytes[each] !== undefined);
  const tag = encoding === 'identity' ? etag : etag.replace(/"$/, `-${encoding}"`);
  const cached = {
    ...headers,
    'cache-control': isHashed ? CACHE_OF.hashed : CACHE_OF.other,
    etag: tag,
    vary: 'accept-encoding',
  };
  const known = context.req.header('if-none-match');
  if (known?.split(',').some((each) => each.trim().replace(/^W\//, '') === tag))
    return new Response(null, { status: 304, headers: cached });
  return new Response(bytes[encoding] ?? bytes.identity, {
    headers: {
      ...cached,
      'content-type': type,
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    },
  });
}

function answerMissing(
  files: DashboardFiles | undefined,
  headers: Readonly<Record<string, string>>,
): Response {
  const text =
    files === undefined
      ? 'The dashboard was not built. In a working copy: npm run build -w @latchkey/dashboard\n'
      : 'There is no such file.\n';
  return new Response(text, {
    status: files === undefined ? 503 : 404,
    headers: { ...headers, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });
}
