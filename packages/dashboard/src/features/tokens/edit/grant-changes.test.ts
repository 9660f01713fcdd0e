import type { NativeToken } from '@latchkey/wire/native';
import { describe, expect, it } from 'vitest';
import { type EditableGrant, editableGrant, grantChanges } from './grant-changes.ts';

const token: NativeToken = {
  id: 'c1',
  account: 'acme',
  usage: 'pk',
  status: 'active',
  default: false,
  note: 'Shop',
  scopes: ['styles:read', 'fonts:read'],
  created: '2026-11-01T00:00:00Z',
  modified: '2026-11-01T00:00:00Z',
  allowedUrls: ['https://shop.example'],
  allowedApplications: [{ platform: 'ios', bundleId: 'com.example.app' }],
  expires: '2027-01-01T00:00:00.000Z',
  revision: 7,
};

const before = editableGrant(token);
const changed = (over: Partial<EditableGrant>) => grantChanges(before, { ...before, ...over });

describe('grantChanges', () => {
  it('is nothing where nothing changed, in whatever order it stands', () => {
    expect(changed({})).toEqual([]);
    expect(changed({ scopes: ['fonts:read', 'styles:read'], expires: '2027-01-01T00:00:00Z' })).toEqual([]);
  });

  it('tells entries that come from entries that go', () => {
    expect(changed({ allowedUrls: ['https://www.shop.example'] })).toEqual([
      {
        field: 'allowedUrls',
        added: ['https://www.shop.example'],
        removed: ['https://shop.example'],
        wider: true,
        narrower: true,
      },
    ]);
  });

  it('calls a restriction that is set narrower although entries are added, and one that is lifted wider', () => {
    expect(changed({ allowedAddresses: ['192.0.2.0/24'] })).toMatchObject([
      { field: 'allowedAddresses', wider: false, narrower: true, limit: 'set' },
    ]);
    expect(changed({ allowedUrls: [] })).toMatchObject([
      { field: 'allowedUrls', wider: true, narrower: false, limit: 'lifted' },
    ]);
  });

  it.each([
    ['2028-01-01T00:00:00Z', { wider: true, narrower: false }],
    ['2026-12-01T00:00:00Z', { wider: false, narrower: true }],
    [undefined, { wider: true, narrower: false, limit: 'lifted' }],
  ])('calls an expiry of %s by what it does', (expires, effect) => {
    expect(changed({ expires })).toMatchObject([{ field: 'expires', ...effect }]);
  });

  it('says nothing of paths that are insisted on where there are no URLs', () => {
    expect(changed({ strictPaths: true })).toMatchObject([{ field: 'strictPaths', narrower: true }]);
    expect(changed({ strictPaths: true, allowedUrls: [] }).map(({ field }) => field)).toEqual([
      'allowedUrls',
    ]);
  });

  it('calls a new name neither', () => {
    expect(changed({ note: 'Shop 2' })).toEqual([
      { field: 'note', added: ['Shop 2'], removed: ['Shop'], wider: false, narrower: false },
    ]);
  });
});
