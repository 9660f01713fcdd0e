import { describe, expect, test } from 'vitest';
import { explainOrigin, explainReferer } from './evidence-fault.ts';

describe('a refusal of evidence says what is wrong with it', () => {
  test.each([
    ['', 'Origin "" is empty.'],
    ['https://a.example, https://b.example', 'Origin "https://a.example, https://b.example" is a list.'],
    ['https://A.example', 'Origin "https://A.example" has capital letters.'],
    ['https://a.example:443', 'Origin "https://a.example:443" names the default port.'],
    ['https://a.example/x', 'Origin "https://a.example/x" has more than scheme, host and port.'],
    ['https://a@b.example', 'Origin "https://a@b.example" names a user.'],
    ['https://аpple.example', 'Origin "https://\\u{430}pple.example" has characters outside ASCII.'],
    ['https://a%2eb.example', 'Origin "https://a%2eb.example" has percent-encoding in its host.'],
    ['http://127.1', 'Origin "http://127.1" has an IP address that is not in canonical form.'],
    ['blob:https://a.example/x', 'Origin "blob:https://a.example/x" does not begin with a scheme and "://".'],
    ['https://a..example', 'Origin "https://a..example" has a host or port that is not canonical.'],
    [`https://${'a'.repeat(400)}`, `Origin "https://${'a'.repeat(72)}..." is longer than any origin.`],
  ])('Origin %s', (text, beginning) => {
    expect(explainOrigin(text)).toBe(
      `${beginning} It must be one origin as browsers write it, such as "https://app.example.com".`,
    );
  });

  test.each([
    ['', 'Referer "" is empty.'],
    ['about:blank', 'Referer "about:blank" does not begin with "http://" or "https://".'],
    ['https://user:secret@a.example/', 'Referer names a user.'],
    ['https://a.example#b', 'Referer "https://a.example" has a fragment.'],
    [
      'https://a.example/, https://b.example/',
      'Referer "https://a.example/, https://b.example/" has a space.',
    ],
    ['https://a%2eb.example/?secret', 'Referer "https://a%2eb.example/" has percent-encoding in its host.'],
    ['http://2130706433/', 'Referer "http://2130706433/" has an IP address that is not in canonical form.'],
  ])('Referer %s', (text, beginning) => {
    expect(explainReferer(text)).toBe(
      `${beginning} It must be an absolute http or https URL, such as "https://app.example.com/".`,
    );
  });
});
