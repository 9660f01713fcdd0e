import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { addressKey, clientAddress, trustProxies } from './client-address.ts';

function requestFrom(peer: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const incoming = new IncomingMessage(socket);
  if (forwarded !== undefined) incoming.headers['x-forwarded-for'] = forwarded;
  return incoming;
}

test('by default nobody is trusted, so a forwarded address changes nothing', () => {
  const nobody = trustProxies([]);
  expect(clientAddress(requestFrom('127.0.0.1', '203.0.113.9'), nobody)).toBe('127.0.0.1');
  expect(clientAddress(requestFrom('::1', '203.0.113.9'), nobody)).toBe('::1');
});

test.each([
  ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['2001:db8::7', '::ffff:203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', 'unknown', undefined],
  ['10.0.0.1', '203.0.113.9, 10.0.0.256', undefined],
  ['10.0.0.1', '', undefined],
  ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
])('a call from %s that was forwarded for %s comes from %s', (peer, forwarded, expected) => {
  const isTrusted = trustProxies(['10.0.0.0/8', '2001:db8::/32']);
  expect(clientAddress(requestFrom(peer, forwarded), isTrusted)).toBe(expected);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test('a range that is none is a programming error', () => {
  expect(() => trustProxies(['proxy.example'])).toThrow(TypeError);
});
