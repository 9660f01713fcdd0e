import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredUpload } from './upload.ts';
import { uploadFiles } from './upload-files.ts';
import { openUploadShelf, UPLOAD_LIMIT } from './upload-shelf.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-map-uploads-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function upload(account: string, id: string, created = 1): StoredUpload {
  return {
    record: { id, account, name: id, created, bytes: 1, featureCount: 1, bounds: [8, 47, 8, 47] },
    features: {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: { name: id }, geometry: { type: 'Point', coordinates: [8, 47] } },
      ],
    },
  };
}

test('an upload is processing when it is taken and ready once its tiles can be cut', async () => {
  const shelf = await openUploadShelf(uploadFiles(folder));
  expect((await shelf.add(upload('acme', 'a')))?.progress).toEqual({ state: 'processing' });
  await shelf.settled();
  expect(shelf.get('acme', 'a')?.progress).toEqual({ state: 'ready' });
  const tileset = await shelf.tileset('acme', 'a');
  expect(tileset?.cut({ z: 0, x: 0, y: 0 })?.length).toBeGreaterThan(0);
  expect(tileset?.cut({ z: 1, x: 0, y: 0 })).toBeUndefined();
});

test('an account sees its own uploads only', async () => {
  const shelf = await openUploadShelf(uploadFiles(folder));
  await shelf.add(upload('acme', 'a'));
  await shelf.settled();
  expect(shelf.list('other')).toEqual([]);
  expect(shelf.get('other', 'a')).toBeUndefined();
  expect(await shelf.tileset('other', 'a')).toBeUndefined();
  expect(await shelf.remove('other', 'a')).toBe(false);
  expect(shelf.get('acme', 'a')).toBeDefined();
});

test('uploads are there again after a restart, oldest first, and removed ones are not', async () => {
  const before = await openUploadShelf(uploadFiles(folder));
  await before.add(upload('acme', 'newer', 2));
  await before.add(upload('acme', 'older', 1));
  await before.add(upload('acme', 'gone', 3));
  await before.settled();
  expect(await before.remove('acme', 'gone')).toBe(true);

  const after = await openUploadShelf(uploadFiles(folder));
  expect(after.list('acme').map(({ record }) => record.id)).toEqual(['older', 'newer']);
  expect((await after.tileset('acme', 'older'))?.cut({ z: 0, x: 0, y: 0 })?.length).toBeGreaterThan(0);
  expect(await readdir(join(folder, 'acme'))).toHaveLength(2);
});

test('a full shelf takes no more, also from uploads side by side', async () => {
  const shelf = await openUploadShelf(uploadFiles(folder));
  const taken = await Promise.all(
    Array.from({ length: UPLOAD_LIMIT + 5 }, (_, index) => shelf.add(upload('acme', `u${index}`))),
  );
  await shelf.settled();
  expect(taken.filter((shelved) => shelved !== undefined)).toHaveLength(UPLOAD_LIMIT);
  expect(shelf.list('acme')).toHaveLength(UPLOAD_LIMIT);
  expect(await shelf.add(upload('other', 'a'))).toBeDefined();
  await shelf.settled();
});

test('an upload that is removed while its tiles are made stays removed', async () => {
  const shelf = await openUploadShelf(uploadFiles(folder));
  await shelf.add(upload('acme', 'a'));
  expect(await shelf.remove('acme', 'a')).toBe(true);
  await shelf.settled();
  expect(shelf.get('acme', 'a')).toBeUndefined();
  expect(await shelf.tileset('acme', 'a')).toBeUndefined();
});

test('an upload that cannot be stored takes no place and leaves no file', async () => {
  const shelf = await openUploadShelf(uploadFiles(folder));
  await mkdir(join(folder, 'acme', 'a.upload'), { recursive: true });
  await expect(shelf.add(upload('acme', 'a'))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(shelf.list('acme')).toEqual([]);
  expect(await readdir(join(folder, 'acme'))).toEqual(['a.upload']);
});
