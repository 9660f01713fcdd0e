import fc from 'fast-check';

/** Few short labels, so that random hosts are often equal, nested, or one letter apart. */
const label = fc.constantFrom('a', 'b', 'ab', 'ba', 'a-b', 'xa', 'com');

/** Host names of one to four labels. */
export const hostName = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));

const PIECES = [
  'https://',
  'http://',
  'https:',
  '//',
  '/',
  '\\',
  '@',
  ':',
  ':443',
  ':80',
  ':8443',
  '?',
  '#',
  '.',
  '..',
  '%2e',
  '%2f',
  '%00',
  ';',
  '*',
  '*.',
  ',',
  ' ',
  '\t',
  '\n',
  '\u0000',
  '\u200b',
  '\u00ad',
  'ａ',
  'а',
  '。',
  '[::1]',
  '[',
  ']',
  '127.0.0.1',
  '2130706433',
  '0x7f',
  'xn--',
  'app.example.com',
  'example.com',
  'evil.com',
  'localhost',
  'com',
  'blob:',
  'null',
  '/maps',
  'a',
  '-',
  '_',
  '1',
];

/** Text made of what attacks on URL matching are made of, among arbitrary text. */
export const hostileText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true }) },
);

/** A header: absent, sent once, or sent several times. */
export const hostileSighting = fc.oneof(
  fc.constant(undefined),
  hostileText,
  fc.array(hostileText, { maxLength: 3 }),
);
