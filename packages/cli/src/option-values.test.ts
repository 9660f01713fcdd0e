import { messagesIn } from '@latchkey/wire/messages';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { optionValues } from './option-values.ts';

const values = optionValues(messagesIn('en'));
const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('--expires', () => {
  const read = values.moment('--expires', () => NOW);

  it.each([
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T08:00', '2027-01-31T08:00:00.000Z'],
    ['2027-01-31T08:00:05+02:00', '2027-01-31T06:00:05.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['90d', '2027-02-21T12:00:00.000Z'],
    ['12h', '2026-11-24T00:00:00.000Z'],
  ])('reads %s as %s', (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each(['', 'soon', '2027-02-30', '2027-13-01', '12', '1w', '2027-01-31T25:00', '01/31/2027', '-1d'])(
    'refuses "%s" and names the option, the value and the form',
    (text) => {
      expect(() => read(text)).toThrow(
        `--expires: "${text}" is neither a date (2027-01-31, 2027-01-31T12:00:00Z) nor a duration from now (12h, 90d).`,
      );
    },
  );
});

describe('ids and names', () => {
  it('tells a token text from an id, because they are easily mixed up', () => {
    const text = 'pk.eyJ1IjoiYWNtZSIsImEiOiJjYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhIn0.AAAAAAAAAAAAAAAAAAAAAA';
    expect(() => values.tokenId(text)).toThrow("That is a token's text, not its id.");
    expect(() => values.tokenId(text)).toThrow(Failure);
  });

  it.each(['acme', 'a1', 'my-team'])('takes %s as the name of an account', (name) => {
    expect(values.accountName(name)).toBe(name);
  });

  it.each(['A', 'Acme', '-acme', 'acme-', 'my--team', 'a_b', ''])(
    'refuses "%s" as the name of an account',
    (name) => {
      expect(() => values.accountName(name)).toThrow('is not an account name');
    },
  );
});

describe('lists', () => {
  it('takes scopes separated by commas, by spaces and by repeating the option', () => {
    expect(values.list('styles:read, fonts:read', ['tokens:read'])).toEqual([
      'tokens:read',
      'styles:read',
      'fonts:read',
    ]);
  });

  it('reads an application as platform and bundle', () => {
    expect(values.application('ios:com.example.app', undefined)).toEqual([
      { platform: 'ios', bundleId: 'com.example.app' },
    ]);
    expect(() => values.application('windows:x', undefined)).toThrow('is not an application');
  });
});

describe('numbers', () => {
  it.each(['-1', '65536', '80a', '1e3', ''])('refuses "%s" as a port', (text) => {
    expect(() => values.port('--port')(text)).toThrow('is not a port');
  });

  it('says which numbers are allowed', () => {
    expect(() => values.wholeNumber('--limit', 1, 500)('501')).toThrow(
      '--limit: "501" is not a whole number from 1 to 500.',
    );
  });
});
