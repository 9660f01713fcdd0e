import { CreateNativeTokenBodySchema } from '@latchkey/wire/native';
import { expect, test } from 'vitest';
import { addPlainEntries } from './plain-entries.ts';
import { bodyOf, EMPTY_DRAFT } from './token-draft.ts';

test('an untouched form asks for a token without scopes and without restrictions', () => {
  expect(bodyOf(EMPTY_DRAFT)).toEqual({ scopes: [] });
});

test('everything that was put in is asked for, as the API takes it', () => {
  const body = bodyOf({
    ...EMPTY_DRAFT,
    note: '  Shop map ',
    scopes: new Set(['styles:read', 'fonts:read']),
    urls: [{ entry: 'example.com', warnings: [] }],
    strictPaths: true,
    resources: ['/styles/v1/acme'],
    iosApps: ['com.example.app'],
    androidApps: ['com.example.droid'],
    addresses: ['10.0.0.0/8'],
    expires: '2027-01-01T00:00:00.000Z',
  });
  expect(CreateNativeTokenBodySchema.parse(body)).toEqual({
    note: 'Shop map',
    scopes: ['fonts:read', 'styles:read'],
    allowedUrls: ['example.com'],
    strictPaths: true,
    resources: ['/styles/v1/acme'],
    allowedApplications: [
      { platform: 'ios', bundleId: 'com.example.app' },
      { platform: 'android', bundleId: 'com.example.droid' },
    ],
    allowedAddresses: ['10.0.0.0/8'],
    expires: '2027-01-01T00:00:00.000Z',
  });
});

test('strict paths without a URL ask for nothing, as there is no path to see', () => {
  expect(bodyOf({ ...EMPTY_DRAFT, strictPaths: true })).toEqual({ scopes: [] });
});

test('pasted addresses, resources and applications are taken one by one, in canonical form', () => {
  expect(addPlainEntries('addresses', ['10.0.0.0/8'], '10.0.0.0/8, 2001:DB8::/32 0.0.0.0/0')).toMatchObject({
    entries: ['10.0.0.0/8', '2001:db8::/32'],
    refused: [{ written: '0.0.0.0/0' }],
  });
  expect(addPlainEntries('resources', [], '/styles/v1/acme / ')).toMatchObject({
    entries: ['/styles/v1/acme'],
    refused: [{ written: '/' }],
  });
  expect(addPlainEntries('ios', [], 'com.example.app')).toEqual({
    entries: ['com.example.app'],
    refused: [],
  });
  expect(addPlainEntries('android', [], 'app *')).toMatchObject({ entries: [], refused: [{}, {}] });
});
