import type { CheckRequest } from '../../decision/check-request.ts';
import type { Restriction } from '../../restriction/restriction.ts';
import type { Scope } from '../../scope/scope.ts';
import { parseScope } from '../../scope/scope.ts';
import type { Grant } from '../grant.ts';

/** One use of a token: what is asked for, where from, when. */
export interface Use {
  readonly request: CheckRequest;
  readonly requires: readonly Scope[];
  /** Unix milliseconds. */
  readonly now: number;
}

/** Every grant and every use that matter to some dimensions; small enough to try each with each. */
export interface World {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly uses: readonly Use[];
}

const scopes = ['styles:read', 'styles:write', 'fonts:read', 'uploads:write', 'tokens:write']
  .map(parseScope)
  .filter((scope) => scope !== undefined);
const resources: readonly Restriction[] = [
  { kind: 'resources', prefixes: ['/styles/v1'] },
  { kind: 'resources', prefixes: ['/styles/v1/acme'] },
  { kind: 'resources', prefixes: ['/styles/v1/acme', '/fonts/v1'] },
  { kind: 'resources', prefixes: ['/fonts/v1'] },
];
const addresses: readonly Restriction[] = [
  { kind: 'addresses', ranges: ['10.0.0.0/8'] },
  { kind: 'addresses', ranges: ['10.1.0.0/16'] },
  { kind: 'addresses', ranges: ['10.1.2.3', '2001:db8::/32'] },
  { kind: 'addresses', ranges: ['2001:db8:1::/48'] },
];
const ios = { platform: 'ios', bundleId: 'com.example.maps' } as const;
const android = { platform: 'android', bundleId: 'com.example.maps' } as const;
const applications: readonly Restriction[] = [
  { kind: 'applications', applications: [ios] },
  { kind: 'applications', applications: [ios, android] },
  { kind: 'applications', applications: [android] },
];
const urls: readonly Restriction[] = [
  { kind: 'urls', entries: ['example.com'], strictPaths: false },
  { kind: 'urls', entries: ['*.example.com'], strictPaths: false },
  { kind: 'urls', entries: ['https://app.example.com'], strictPaths: false },
  { kind: 'urls', entries: ['https://app.example.com/maps'], strictPaths: false },
  { kind: 'urls', entries: ['https://app.example.com/maps'], strictPaths: true },
  { kind: 'urls', entries: ['http://localhost', 'https://app.example.com'], strictPaths: false },
  { kind: 'urls', entries: ['http://localhost:5173'], strictPaths: false },
  { kind: 'urls', entries: ['https://api.example.net'], strictPaths: true },
];
const ends = [null, 1_000, 2_000] as const;

const paths = [
  '/styles/v1',
  '/styles/v1/acme',
  '/styles/v1/acme/streets',
  '/fonts/v1/a',
  '/styles/v1/acme2',
  '/',
];
const peers = ['10.1.2.3', '10.1.9.9', '10.9.9.9', '2001:db8::1', '2001:db8:1::1', '192.0.2.1', undefined];
const evidence: readonly Partial<CheckRequest>[] = [
  {},
  { origin: 'https://example.com' },
  { origin: 'http://example.com' },
  { origin: 'https://app.example.com' },
  { origin: 'https://app.example.com:8443' },
  { origin: 'http://localhost:5173' },
  { origin: 'http://localhost:3000' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { referer: 'https://app.example.com/' },
  { referer: 'https://app.example.com/maps/eu' },
  { referer: 'https://app.example.com/admin' },
  { referer: 'https://app.example.com/', secFetchSite: 'same-origin' },
  { origin: 'https://app.example.com', referer: 'https://app.example.com/maps' },
  { secFetchSite: 'same-origin' },
  { secFetchSite: 'cross-site' },
];
const namedApplications: readonly Partial<CheckRequest>[] = [
  {},
  { iosBundleIdentifier: 'com.example.maps' },
  { androidPackage: 'com.example.maps' },
  { iosBundleIdentifier: 'com.example.other' },
];
const moments = [500, 1_000, 1_500, 2_000, 9_000];

/** Absent, or one of the restrictions of a kind. */
const maybe = (list: readonly Restriction[]): readonly (readonly Restriction[])[] => [
  [],
  ...list.map((one) => [one]),
];

const browserUses = evidence.flatMap((page) =>
  namedApplications.map((application) => use({ request: { ...page, ...application } })),
);

export const worlds: readonly World[] = [
  {
    name: 'scopes',
    grants: subsets(scopes).map((some) => grant({ scopes: some })),
    uses: subsets(scopes).map((requires) => use({ requires })),
  },
  {
    name: 'resources',
    grants: maybe(resources).map((restrictions) => grant({ restrictions })),
    uses: paths.map((path) => use({ request: { path } })),
  },
  {
    name: 'addresses',
    grants: maybe(addresses).map((restrictions) => grant({ restrictions })),
    uses: peers.map((address) => use({ request: { address } })),
  },
  {
    name: 'URLs and applications',
    grants: maybe(urls).flatMap((pages) =>
      maybe(applications).map((apps) => grant({ restrictions: [...pages, ...apps] })),
    ),
    uses: browserUses,
  },
  {
    name: 'expiry',
    grants: ends.map((expires) => grant({ expires })),
    uses: moments.map((now) => use({ now })),
  },
  {
    name: 'all together',
    grants: subsets(scopes.slice(0, 2)).flatMap((some) =>
      maybe(resources.slice(0, 2)).flatMap((one) =>
        maybe(addresses.slice(0, 1)).flatMap((two) =>
          maybe(urls.slice(2, 3)).flatMap((three) =>
            maybe(applications.slice(0, 1)).flatMap((four) =>
              [null, 1_000].map((expires) =>
                grant({ scopes: some, restrictions: [...one, ...two, ...three, ...four], expires }),
              ),
            ),
          ),
        ),
      ),
    ),
    uses: scopes
      .slice(0, 2)
      .flatMap((scope) =>
        paths
          .slice(0, 3)
          .flatMap((path) =>
            ['10.1.2.3', '192.0.2.1'].flatMap((address) =>
              [
                {},
                { origin: 'https://app.example.com' },
                { iosBundleIdentifier: 'com.example.maps' },
              ].flatMap((from) =>
                [500, 1_500].map((now) =>
                  use({ requires: [scope], request: { path, address, ...from }, now }),
                ),
              ),
            ),
          ),
      ),
  },
];

function grant(parts: Partial<Grant>): Grant {
  return { scopes: scopes.slice(0, 1), restrictions: [], expires: null, ...parts };
}

function use(parts: {
  readonly request?: Partial<CheckRequest>;
  readonly requires?: readonly Scope[];
  readonly now?: number;
}): Use {
  const request: CheckRequest = {
    method: 'GET',
    path: '/styles/v1/acme/streets',
    authorization: undefined,
    queryToken: undefined,
    origin: undefined,
    referer: undefined,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: '10.1.2.3',
    ...parts.request,
  };
  return { request, requires: parts.requires ?? [], now: parts.now ?? 500 };
}

function subsets<T>(list: readonly T[]): readonly (readonly T[])[] {
  let found: readonly (readonly T[])[] = [[]];
  for (const one of list) found = found.concat(found.map((some) => [...some, one]));
  return found;
}
