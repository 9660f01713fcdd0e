import type { DescribedRequest } from '@latchkey/wire/curl';
import type { Explanation } from '@latchkey/wire/native';

/** What is to be added to a token, as the form for editing takes it from its address. */
export interface GrantAddition {
  readonly scopes?: readonly string[];
  readonly allowedUrls?: readonly string[];
  readonly resources?: readonly string[];
  readonly allowedAddresses?: readonly string[];
  readonly allowedApplications?: readonly {
    readonly platform: 'ios' | 'android';
    readonly bundleId: string;
  }[];
  /** The paths of its URLs are no longer insisted on. */
  readonly laxPaths?: true;
}

/** The smallest thing to do about a refusal; null: nothing that a member can do to the token helps. */
export type SmallestFix =
  | { readonly kind: 'edit'; readonly token: string; readonly add: GrantAddition }
  /** Another token is needed: this one cannot come to hold what lacks. */
  | { readonly kind: 'create'; readonly scopes: readonly string[] }
  | { readonly kind: 'rotate'; readonly token: string }
  | null;

export interface FixContext {
  /** The request as it was described; undefined: all that is known of it is in the explanation. */
  readonly request: DescribedRequest | undefined;
  /** Where the request came from, as it was described. */
  readonly address?: string | undefined;
  readonly publicScopes: ReadonlySet<string>;
  /** What the token holds now; undefined where that is not known. */
  readonly scopes: readonly string[] | undefined;
}

/** Finds what to do about a refusal, with everything that can be filled in for whoever does it. */
export function smallestFix(explanation: Explanation, context: FixContext): SmallestFix {
  const { token, reason } = explanation;
  if (explanation.allowed || token === null) return null;
  const edit = (add: GrantAddition): SmallestFix =>
    token.usage === 'tk' ? null : { kind: 'edit', token: token.id, add };
  switch (reason) {
    case 'insufficient_scope':
      return fixForScope(explanation, token, context, edit);
    case 'url_not_allowed': {
      const page = pageOf(explanation, context.request);
      return page === undefined ? edit({}) : edit({ allowedUrls: [page] });
    }
    case 'path_not_visible':
      return edit({ laxPaths: true });
    case 'resource_not_allowed': {
      const path = pathOf(context.request);
      return edit(path === undefined ? {} : { resources: [path] });
    }
    case 'address_not_allowed':
      return edit(context.address === undefined ? {} : { allowedAddresses: [context.address] });
    case 'application_not_allowed': {
      const application = applicationOf(context.request);
      return edit(application === undefined ? {} : { allowedApplications: [application] });
    }
    case 'secret_in_query':
      return { kind: 'rotate', token: token.id };
    case 'expired':
    case 'revoked':
      return { kind: 'create', scopes: context.scopes ?? explanation.requires };
    default:
      return null;
  }
}

function fixForScope(
  { requires }: Explanation,
  { usage }: NonNullable<Explanation['token']>,
  { scopes, publicScopes }: FixContext,
  edit: (add: GrantAddition) => SmallestFix,
): SmallestFix {
  const lacking = scopes === undefined ? requires : requires.filter((scope) => !scopes.includes(scope));
  const staysPublic = usage !== 'pk' || lacking.every((scope) => publicScopes.has(scope));
  // A public token may not hold a secret scope, and one without scopes can get none later.
  const canGrow = staysPublic && (usage === 'sk' || scopes === undefined || scopes.length > 0);
  return canGrow ? edit({ scopes: lacking }) : { kind: 'create', scopes: requires };
}

/** The origin of the page that the request named, as an entry of `allowedUrls`. */
function pageOf({ refusal }: Explanation, request: DescribedRequest | undefined): string | undefined {
  const named = headerOf(request, 'origin') ?? headerOf(request, 'referer');
  if (named !== undefined && URL.canParse(named) && /^https?:/i.test(named)) return new URL(named).origin;
  const host = refusal?.origin ?? '';
  // Usage names the host alone where the page was on the web's usual schemes.
  return /^[a-z0-9.-]+(?::\d+)?$/i.test(host) && host !== 'null' ? `https://${host}` : undefined;
}

function pathOf(request: DescribedRequest | undefined): string | undefined {
  const path = request?.url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path?.startsWith('/') && path !== '/' ? path : undefined;
}

function applicationOf(request: DescribedRequest | undefined) {
  const ios = headerOf(request, 'x-ios-bundle-identifier');
  if (ios !== undefined) return { platform: 'ios', bundleId: ios } as const;
  const android = headerOf(request, 'x-android-package');
  return android === undefined ? undefined : ({ platform: 'android', bundleId: android } as const);
}

function headerOf(request: DescribedRequest | undefined, name: string): string | undefined {
  return Object.entries(request?.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
