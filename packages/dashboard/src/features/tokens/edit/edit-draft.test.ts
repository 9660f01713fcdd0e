import { type NativeToken, UpdateNativeTokenBodySchema } from '@latchkey/wire/native';
import { describe, expect, it } from 'vitest';
import { draftOf, updateBody, withAddition } from './edit-draft.ts';

const token: NativeToken = {
  id: 'c1',
  account: 'acme',
  usage: 'pk',
  status: 'active',
  default: false,
  note: 'Shop',
  scopes: ['styles:read'],
  created: '2026-11-01T00:00:00Z',
  modified: '2026-11-01T00:00:00Z',
  allowedUrls: ['https://shop.example'],
  allowedApplications: [{ platform: 'ios', bundleId: 'com.example.app' }],
  revision: 7,
};

describe('updateBody', () => {
  it('is empty where nothing was changed', () => {
    expect(updateBody(token, draftOf(token))).toEqual({});
  });

  it('sends only what changes, and lifts what is empty', () => {
    const draft = { ...draftOf(token), note: ' ', urls: [], addresses: ['192.0.2.0/24'] };
    const body = updateBody(token, draft);
    expect(body).toEqual({ note: null, allowedUrls: null, allowedAddresses: ['192.0.2.0/24'] });
    expect(UpdateNativeTokenBodySchema.parse(body)).toEqual(body);
  });
});

describe('withAddition', () => {
  it('adds to the restrictions that the token has', () => {
    const draft = withAddition(draftOf(token), {
      scopes: 'fonts:read',
      urls: 'https://www.shop.example',
      applications: 'android:com.example.app',
    });
    expect(updateBody(token, draft)).toEqual({
      scopes: ['fonts:read', 'styles:read'],
      allowedUrls: ['https://shop.example', 'https://www.shop.example'],
      allowedApplications: [
        { platform: 'ios', bundleId: 'com.example.app' },
        { platform: 'android', bundleId: 'com.example.app' },
      ],
    });
  });

  it('begins no restriction that the token does not have: that would take away', () => {
    const open: NativeToken = { ...token, allowedUrls: undefined, allowedApplications: undefined };
    const draft = withAddition(draftOf(open), {
      urls: 'https://shop.example',
      resources: '/styles/v1',
      addresses: '192.0.2.1',
      applications: 'ios:com.example.app',
    });
    expect(updateBody(open, draft)).toEqual({});
  });
});
