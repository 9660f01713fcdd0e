import { expect, test } from 'vitest';
import { hideTokenTexts, secretTextIn } from './token-texts.ts';

const SECRET = 'sk.eyJ1IjoiYWNtZSIsImEiOiJjYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhIn0.AAAAAAAAAAAAAAAAAAAAAA';

test('the text of a secret or temporary token is found wherever it stands in a body, and its place is named', () => {
  expect(secretTextIn({ note: `mine is ${SECRET}` })).toEqual({ field: 'note' });
  expect(secretTextIn({ scopes: ['styles:read', SECRET] })).toEqual({ field: 'scopes[1]' });
  expect(secretTextIn({ allowedApplications: [{ platform: 'ios', bundleId: SECRET }] })).toEqual({
    field: 'allowedApplications[0].bundleId',
  });
  expect(secretTextIn({ note: SECRET.replace('sk', 'tk') })).toEqual({ field: 'note' });
  expect(secretTextIn({ [SECRET]: 1 })).toEqual({ field: '<token>' });
});

test('public tokens, other texts and what is no text are left alone', () => {
  const body = {
    note: SECRET.replace('sk', 'pk'),
    scopes: ['sk.example.com'],
    limit: 5,
    nothing: null,
    yes: true,
  };
  expect(secretTextIn(body)).toBeUndefined();
});

test('what looks like a token is replaced in an answer, cut off or whole; addresses that begin alike stay', () => {
  expect(hideTokenTexts(`"${SECRET}" is not a scope`)).toBe('"<token>" is not a scope');
  expect(hideTokenTexts(`"${SECRET.slice(0, 80)}…" is not a scope`)).toBe('"<token>…" is not a scope');
  expect(hideTokenTexts('tk.example.com is not allowed')).toBe('tk.example.com is not allowed');
});
