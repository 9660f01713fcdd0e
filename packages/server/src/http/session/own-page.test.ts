import { expect, test } from 'vitest';
import { isOwnPage } from './own-page.ts';

const OWN = 'https://tokens.example.com';

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, OWN, true],
  [{ 'sec-fetch-site': 'same-origin' }, undefined, true],
  [{ 'sec-fetch-site': 'same-site', origin: OWN }, OWN, false],
  [{ 'sec-fetch-site': 'cross-site', origin: OWN }, OWN, false],
  [{ 'sec-fetch-site': 'none' }, OWN, false],
  [{ 'sec-fetch-site': 'same-origin, same-origin' }, OWN, false],
  [{ 'sec-fetch-site': '', origin: OWN }, OWN, false],
  [{ origin: OWN }, OWN, true],
  [{ origin: 'http://tokens.example.com' }, OWN, false],
  [{ origin: 'https://tokens.example.com.evil.example' }, OWN, false],
  [{ origin: 'null' }, OWN, false],
  [{}, OWN, false],
  // Nothing is configured: only who is on the same machine can be told by Origin.
  [{ origin: 'http://127.0.0.1:8420', host: '127.0.0.1:8420' }, undefined, true],
  [{ origin: 'http://localhost:8420', host: 'localhost:8420' }, undefined, true],
  [{ origin: 'http://localhost:1', host: 'localhost:8420' }, undefined, false],
  [{ origin: 'http://evil.example', host: 'evil.example' }, undefined, false],
  [{ host: '127.0.0.1:8420' }, undefined, false],
])('%o with the own origin %s: %s', (headers, configured, isOwn) => {
  expect(isOwnPage(headers, configured)).toBe(isOwn);
});
