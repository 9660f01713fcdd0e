import { describe, expect, test } from 'vitest';
import { parseApplication } from './app-identity.ts';

describe('parseApplication', () => {
  test.each([
    { platform: 'ios', bundleId: 'com.example.app' },
    { platform: 'ios', bundleId: 'Example-App' },
    { platform: 'android', bundleId: 'com.example.my_app' },
  ])('takes $platform $bundleId', (application) => {
    expect(parseApplication(application)).toEqual({ ok: true, application });
  });

  test.each([
    [
      'another platform',
      { platform: 'web', bundleId: 'com.example.app' },
      '"web" is not a platform of applications.',
    ],
    [
      'the platform in capitals',
      { platform: 'iOS', bundleId: 'com.example.app' },
      '"iOS" is not a platform of applications.',
    ],
    ['no platform', { bundleId: 'com.example.app' }, 'An application has no platform.'],
    ['no bundle id', { platform: 'ios' }, 'An application has no bundleId.'],
    ['an empty bundle id', { platform: 'ios', bundleId: '' }, '"" is not an iOS bundle identifier.'],
    [
      'a wildcard',
      { platform: 'ios', bundleId: 'com.example.*' },
      '"com.example.*" is not an iOS bundle identifier.',
    ],
    [
      'an Android package of one part',
      { platform: 'android', bundleId: 'app' },
      '"app" is not an Android package name.',
    ],
    [
      'a hyphen in an Android package',
      { platform: 'android', bundleId: 'com.my-app' },
      '"com.my-app" is not an Android package name.',
    ],
    ['text', 'com.example.app', 'An application has no platform.'],
    ['null', null, 'An application has no platform.'],
  ])('refuses %s', (_, value, reason) => {
    expect(parseApplication(value)).toMatchObject({ ok: false, reason });
  });
});
