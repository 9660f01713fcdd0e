import type { OfferedScope, Service } from './scope-groups.ts';

/**
 * What people want a token for. `map`: draw a map in a web page; `page`: read what is public from a page or an app;
 * `send`: write to a service from a server; `tokens`: manage tokens by a program; `figures`: read usage.
 */
export type PresetKind = 'map' | 'page' | 'send' | 'tokens' | 'figures';

export interface Preset {
  readonly id: string;
  readonly kind: PresetKind;
  /** Of the service that is written to. */
  readonly service: { readonly name: string; readonly title: string } | undefined;
  readonly usage: 'pk' | 'sk';
  /** What the purpose needs and no more, in the order of the catalogue. */
  readonly scopes: readonly string[];
}

/** What map libraries ask for; glyphs are left out where a catalogue has none. */
const MAP = { needs: ['styles:read', 'styles:tiles'], uses: ['fonts:read'] };
const READS = new Set(['GET', 'HEAD']);

/**
 * The purposes that this installation can serve, from what its catalogue offers and its services need. A purpose is left
 * out where a scope that it needs is not on offer, or where another one asks for the same scopes.
 */
export function presetsFor(
  offered: readonly OfferedScope[],
  services: readonly Service[],
): readonly Preset[] {
  const byId = new Map(offered.map((scope) => [scope.id, scope]));
  const isPublic = (id: string) => byId.get(id)?.public === true;
  const make = (
    kind: PresetKind,
    wanted: Iterable<string>,
    service?: Pick<Service, 'name' | 'title'>,
  ): Preset | undefined => {
    const wants = new Set(wanted);
    if (wants.size === 0 || [...wants].some((id) => !byId.has(id))) return undefined;
    const scopes = offered.map(({ id }) => id).filter((id) => wants.has(id));
    return {
      id: service === undefined ? kind : `${kind}-${service.name}`,
      kind,
      service: service && { name: service.name, title: service.title },
      usage: scopes.every(isPublic) ? 'pk' : 'sk',
      scopes,
    };
  };

  const hasMap = MAP.needs.every(isPublic);
  const readable = publicReads(services, isPublic);
  const open = readable.length > 0 ? readable : offered.filter((one) => one.public).map(({ id }) => id);
  return distinct([
    hasMap ? make('map', [...MAP.needs, ...MAP.uses.filter(isPublic)]) : undefined,
    make('page', open),
    ...services.filter(isWritten).map((service) =>
      make(
        'send',
        service.routes.flatMap((route) => route.scopes),
        service,
      ),
    ),
    make('tokens', ['tokens:read', 'tokens:write']),
    make('figures', ['statistics:read']),
  ]);
}

/** Public scopes that suffice for a route that only reads. */
function publicReads(services: readonly Service[], isPublic: (id: string) => boolean): readonly string[] {
  return services
    .flatMap(({ routes }) => routes)
    .filter(({ methods, scopes }) => methods.every((method) => READS.has(method)) && scopes.every(isPublic))
    .flatMap(({ scopes }) => scopes);
}

function isWritten({ routes }: Service): boolean {
  return routes.some(
    ({ methods, scopes }) => scopes.length > 0 && methods.some((method) => !READS.has(method)),
  );
}

function distinct(presets: readonly (Preset | undefined)[]): readonly Preset[] {
  const seen = new Set<string>();
  return presets.filter((preset): preset is Preset => {
    if (preset === undefined) return false;
    const key = preset.scopes.join(' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
