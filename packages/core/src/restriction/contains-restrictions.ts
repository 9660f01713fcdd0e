import { formatApplication } from './app-identity.ts';
import type { CompiledRestrictions } from './compile-restrictions.ts';
import { compileRestrictions } from './compile-restrictions.ts';
import { findUncoveredAddress } from './contains-addresses.ts';
import { findUncoveredApplication } from './contains-applications.ts';
import { findUncoveredResource } from './contains-resources.ts';
import { findUncoveredUrl } from './contains-urls.ts';
import { listed } from './quote.ts';
import type { Restriction } from './restriction.ts';

/** What a child would admit beyond its parent. */
export interface RestrictionGap {
  readonly dimension: 'resources' | 'addresses' | 'applications' | 'urls';
  readonly detail: string;
}

type Dimension = RestrictionGap['dimension'];

/** One way in which restrictions can be wider than others. */
export interface RestrictionDimension {
  readonly name: Dimension;
  readonly findGap: (parent: CompiledRestrictions, child: CompiledRestrictions) => RestrictionGap | undefined;
}

/** In the order in which gaps are told. Each is needed: the tests of `contains` run with each one left out. */
export const restrictionDimensions: readonly RestrictionDimension[] = [
  { name: 'resources', findGap: findResourceGap },
  { name: 'addresses', findGap: findAddressGap },
  { name: 'applications', findGap: findApplicationGap },
  { name: 'urls', findGap: findUrlGap },
];

/**
 * Compares the restrictions of a token with those of the one that it is made by. Undefined: every request that `child`
 * admits, `parent` admits too. Each part of the child must lie within one part of the parent; what only several parts
 * together would cover counts as a gap, and so does a list that cannot be read.
 */
export function findRestrictionGap(
  parent: readonly Restriction[],
  child: readonly Restriction[],
  dimensions: readonly RestrictionDimension[] = restrictionDimensions,
): RestrictionGap | undefined {
  const limits = compileRestrictions(parent);
  const asked = compileRestrictions(child);
  const unread =
    findUnread(limits, parent, 'The granting token has') ??
    findUnread(asked, child, 'The token asked for has');
  if (unread !== undefined) return unread;
  for (const { findGap } of dimensions) {
    const found = findGap(limits, asked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findUnread(
  compiled: CompiledRestrictions,
  list: readonly Restriction[],
  subject: string,
): RestrictionGap | undefined {
  if (compiled.unsupported === undefined) return undefined;
  const unread = list.find((restriction) => compileRestrictions([restriction]).unsupported !== undefined);
  return {
    dimension: dimensionOf(unread),
    detail: `${subject} a restriction that cannot be applied: ${compiled.unsupported}.`,
  };
}

function dimensionOf(restriction: Restriction | undefined): Dimension {
  const kind: string | undefined = restriction?.kind;
  return kind === 'addresses' || kind === 'applications' || kind === 'resources' ? kind : 'urls';
}

function findResourceGap(
  { resources: limits }: CompiledRestrictions,
  { resources: asked }: CompiledRestrictions,
) {
  if (limits === undefined) return undefined;
  const held = listed(limits, String);
  if (asked === undefined)
    return gap('resources', `It would have no limit on resources; the granting token has ${held}.`);
  const beyond = findUncoveredResource(limits, asked);
  if (beyond === undefined) return undefined;
  return gap('resources', `${beyond} is outside the resources of the granting token: ${held}.`);
}

function findAddressGap(
  { addresses: limits }: CompiledRestrictions,
  { addresses: asked }: CompiledRestrictions,
) {
  if (limits === undefined) return undefined;
  const held = listed(limits, (range) => range.text);
  if (asked === undefined)
    return gap('addresses', `It would work from any address; the granting token works from ${held}.`);
  const beyond = findUncoveredAddress(limits, asked);
  return (
    beyond && gap('addresses', `${beyond.text} is outside the addresses of the granting token: ${held}.`)
  );
}

/**
 * A token with URLs only refuses what is no browser; one with applications only judges browsers by applications too; one
 * with both splits requests between them. So applications may be left out only where URLs stay.
 */
function findApplicationGap(
  parent: CompiledRestrictions,
  child: CompiledRestrictions,
): RestrictionGap | undefined {
  const { applications: limits } = parent;
  const { applications: asked } = child;
  if (limits === undefined) {
    if (asked === undefined || parent.urls === undefined || child.urls === undefined) return undefined;
    return gap(
      'applications',
      'With applications it would take requests of no browser; the granting token takes browsers only.',
    );
  }
  const held = listed(limits, formatApplication);
  if (asked === undefined) {
    if (parent.urls !== undefined && child.urls !== undefined) return undefined;
    return gap(
      'applications',
      `It would have no limit on applications; the granting token works in ${held}.`,
    );
  }
  const beyond = findUncoveredApplication(limits, asked);
  return (
    beyond &&
    gap('applications', `${formatApplication(beyond)} is not an application of the granting token: ${held}.`)
  );
}

function findUrlGap(parent: CompiledRestrictions, child: CompiledRestrictions): RestrictionGap | undefined {
  const { urls: limits } = parent;
  const { urls: asked } = child;
  if (limits === undefined) {
    if (asked === undefined || parent.applications === undefined) return undefined;
    return gap(
      'urls',
      'With URLs it would judge browsers by their page; the granting token wants an application of them too.',
    );
  }
  const held = listed(limits.rules, (rule) => rule.entry);
  if (asked === undefined)
    return gap('urls', `It would have no limit on URLs; the granting token has ${held}.`);
  const beyond = findUncoveredUrl(limits, asked);
  if (beyond === undefined) return undefined;
  const hint =
    limits.strictPaths && !asked.strictPaths ? ' (which wants to see paths: strictPaths must stay on)' : '';
  return gap('urls', `${beyond.entry} is outside the URLs of the granting token: ${held}${hint}.`);
}

function gap(dimension: Dimension, detail: string): RestrictionGap {
  return { dimension, detail };
}
