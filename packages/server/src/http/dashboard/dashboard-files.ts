import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Encoding = 'br' | 'gzip' | 'identity';

/** A built file with its compressed copies. */
export interface DashboardFile {
  readonly type: string;
  /** The name holds a digest of the content, so it never changes under this name. */
  readonly isHashed: boolean;
  readonly etag: string;
  readonly bytes: Readonly<Partial<Record<Encoding, Buffer<ArrayBuffer>>>> & {
    readonly identity: Buffer<ArrayBuffer>;
  };
}

/** By path below `/dashboard/`: `index.html`, `assets/index-Cd3x.js`. */
export type DashboardFiles = ReadonlyMap<string, DashboardFile>;

/** Where the build of the package `dashboard` puts its files: beside `src/` and `dist/` of this package. */
const FOLDER = fileURLToPath(new URL('../../../dashboard', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const COPIES = { br: '.br', gzip: '.gz' } as const;

/**
 * All of them in memory, a megabyte or two: what is not among them cannot be asked for. Undefined where the dashboard was not
 * built, which can happen in a working copy only.
 */
export function readDashboardFiles(folder: string = FOLDER): DashboardFiles | undefined {
  if (!existsSync(path.join(folder, 'index.html'))) return undefined;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const files = new Map<string, DashboardFile>();
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const identity = readFileSync(path.join(folder, name));
    files.set(name, {
      type,
      isHashed: name.startsWith('assets/'),
      etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
      bytes: { identity, ...readCopies(folder, name, names) },
    });
  }
  return files;
}

function readCopies(folder: string, name: string, names: readonly string[]): DashboardFile['bytes'] | object {
  return Object.fromEntries(
    Object.entries(COPIES)
      .filter(([, ending]) => names.includes(`${name}${ending}`))
      .map(([encoding, ending]) => [encoding, readFileSync(path.join(folder, `${name}${ending}`))]),
  );
}
