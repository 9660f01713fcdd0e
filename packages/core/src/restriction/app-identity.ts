import type { AppIdentity } from './application.ts';
import { quoted } from './quote.ts';
import type { RestrictionFault } from './restriction-fault.ts';
import { restrictionFault } from './restriction-fault.ts';

const BUNDLE_ID_LIMIT = 255;
const IOS = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;
const ANDROID = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+$/;

/**
 * Reads an application of `allowedApplications`: `{platform: 'ios' | 'android', bundleId}`. The bundle id is an iOS bundle
 * identifier or an Android package name, compared letter by letter; wildcards are refused. Other keys are ignored.
 */
export function parseApplication(
  value: unknown,
): { readonly ok: true; readonly application: AppIdentity } | RestrictionFault {
  const { platform, bundleId } = fieldsOf(value);
  if (platform !== 'ios' && platform !== 'android') {
    const reason =
      typeof platform === 'string'
        ? `${quoted(platform)} is not a platform of applications.`
        : 'An application has no platform.';
    return restrictionFault(reason, 'Write "ios" or "android".');
  }
  if (typeof bundleId !== 'string') {
    return restrictionFault(
      'An application has no bundleId.',
      'Write the bundle identifier or package name: com.example.app.',
    );
  }
  const form = platform === 'ios' ? IOS : ANDROID;
  if (bundleId.length > BUNDLE_ID_LIMIT || !form.test(bundleId)) {
    const name = platform === 'ios' ? 'an iOS bundle identifier' : 'an Android package name';
    return restrictionFault(
      `${quoted(bundleId)} is not ${name}.`,
      'Write it whole, as in com.example.app; wildcards do not count.',
    );
  }
  return { ok: true, application: { platform, bundleId } };
}

export function isSameApplication(one: AppIdentity, other: AppIdentity): boolean {
  return one.platform === other.platform && one.bundleId === other.bundleId;
}

/** `ios com.example.app`. */
export function formatApplication({ platform, bundleId }: AppIdentity): string {
  return `${platform} ${bundleId}`;
}

function fieldsOf(value: unknown): { readonly platform?: unknown; readonly bundleId?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}
