import { expect, test } from 'vitest';
import { addEntries, ENTRIES_LIMIT, isForeignScheme, storedEntries, withWarnings } from './url-entries.ts';

const entriesOf = (added: ReturnType<typeof addEntries>) => added.entries.map(({ entry }) => entry);

test('a pasted list is parted at commas, blanks and new lines, and shown as it will be stored', () => {
  const added = addEntries([], 'https://App.Example.com/*, *.maps.example\nlocalhost:*   bücher.example\r\n');
  expect(entriesOf(added)).toEqual([
    'https://app.example.com',
    '*.maps.example',
    'localhost',
    'xn--bcher-kva.example',
  ]);
  expect(added.refused).toEqual([]);
  expect(added.entries[0]?.warnings).toEqual([
    {
      code: 'saved_as',
      detail: 'https://App.Example.com/* is saved as https://app.example.com.',
    },
  ]);
});

test('what is no entry is refused by itself, with a reason and a fix; the rest is taken', () => {
  const added = addEntries([], '*, app.example.com, https://u:p@x.example');
  expect(entriesOf(added)).toEqual(['app.example.com']);
  expect(added.refused.map(({ written, code }) => [written, code])).toEqual([
    ['*', 'wildcard'],
    ['https://u:p@x.example', 'userinfo'],
  ]);
  for (const { reason, fix } of added.refused) {
    expect(reason).not.toBe('');
    expect(fix).not.toBe('');
  }
});

test('an entry that is there, however it is spelt, is not added again', () => {
  const first = addEntries([], 'app.example.com');
  const again = addEntries(first.entries, 'APP.example.com/ https://app.example.com');
  expect(entriesOf(again)).toEqual(['app.example.com', 'https://app.example.com']);
  expect(again.repeated).toBe(1);
});

test('a list holds a hundred entries, and the next is refused', () => {
  const many = Array.from({ length: ENTRIES_LIMIT + 1 }, (_, at) => `a${at}.example`).join('\n');
  const added = addEntries([], many);
  expect(added.entries).toHaveLength(ENTRIES_LIMIT);
  expect(added.refused).toMatchObject([{ written: 'a100.example', code: 'too_many' }]);
});

test('schemes of native shells are left to the server, and only those', () => {
  const { refused } = addEntries([], 'capacitor://localhost https:/x.example app:x');
  expect(refused.filter(isForeignScheme).map(({ written }) => written)).toEqual(['capacitor://localhost']);
});

test('stored entries are shown with what is to be known of them, whatever their scheme', () => {
  expect(storedEntries(['http://maps.example', 'capacitor://localhost'])).toEqual([
    {
      entry: 'http://maps.example',
      warnings: [
        {
          code: 'insecure_http',
          detail: 'http://maps.example uses http: anyone on the way can serve a page there.',
        },
      ],
    },
    { entry: 'capacitor://localhost', warnings: [] },
  ]);
});

test("the server's warnings are added to an entry's own, each once and only those of this entry", () => {
  const [entry] = addEntries([], 'http://github.io').entries;
  if (entry === undefined) throw new Error('not taken');
  const told = [
    { entry: 'http://github.io', code: 'public_suffix', detail: 'shared' },
    { entry: 'http://github.io', code: 'insecure_http', detail: 'told twice' },
    { entry: 'co.uk', code: 'public_suffix', detail: 'another' },
    { entry: 'http://github.io', code: 'toString', detail: 'unknown' },
  ];
  expect(withWarnings(entry, told).warnings.map(({ code, detail }) => [code, detail])).toEqual([
    ['insecure_http', 'http://github.io uses http: anyone on the way can serve a page there.'],
    ['public_suffix', 'shared'],
  ]);
});
