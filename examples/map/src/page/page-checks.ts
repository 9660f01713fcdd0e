import type { PageCheck } from './settings.ts';

/** Which requests tell the page what a token may do; `scopesOf` looks their scopes up in the server's table. */
export function pageChecks(
  scopesOf: (method: string, path: string) => readonly string[],
): readonly PageCheck[] {
  const checks: readonly Omit<PageCheck, 'scopes'>[] = [
    { title: 'Styles', path: '/styles/v1/{account}/light', mapNeedsIt: true },
    { title: 'Vector tiles', path: '/v4/world.json', mapNeedsIt: true },
    // The last range has no glyphs, so that asking again and again costs nothing.
    { title: 'Fonts', path: '/fonts/v1/{account}/Inter%20Regular/65280-65535.pbf', mapNeedsIt: true },
    { title: 'Uploads', path: '/uploads/v1/{account}', mapNeedsIt: false },
  ];
  return checks.map((check) => ({
    ...check,
    scopes: scopesOf('GET', check.path.replace('{account}', 'account')),
  }));
}
