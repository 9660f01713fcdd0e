import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { envFile } from './env-file.ts';

const token = { text: 'sk.payload.signature', id: 'c123', note: 'Upload job', account: 'acme' };

test('a token is written as a file that programs read', () => {
  expect(envFile(token)).toEqual({
    name: 'upload-job.env',
    text: '# Upload job\n# acme, c123\nLATCHKEY_TOKEN=sk.payload.signature\n',
  });
});

test('a token without a name gets its id as the name of the file', () => {
  expect(envFile({ ...token, note: null }).name).toBe('c123.env');
  expect(envFile({ ...token, note: '../..' }).name).toBe('c123.env');
});

test('no name of a token can write a second variable or leave the folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (note) => {
      const { name, text } = envFile({ ...token, note });
      expect(
        text.split(/[\r\n\u2028\u2029\u0085]/).filter((line) => line !== '' && !line.startsWith('#')),
      ).toEqual(['LATCHKEY_TOKEN=sk.payload.signature']);
      expect(name).toMatch(/^[\p{L}\p{N}-]+\.env$/u);
    }),
  );
});
