import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredUpload, UploadRecord } from './upload.ts';

/** One file an upload, in a folder of its account: first line the record, second line the features. */
export interface UploadFiles {
  /** Every record there is, oldest first. */
  records(): Promise<UploadRecord[]>;
  read(record: UploadRecord): Promise<StoredUpload>;
  /** Resolves when the upload would survive a power cut. */
  write(upload: StoredUpload): Promise<void>;
  remove(record: UploadRecord): Promise<void>;
}

const ENDING = '.upload';

/** @param folder is made when the first upload comes */
export function uploadFiles(folder: string): UploadFiles {
  const pathOf = ({ account, id }: UploadRecord) => join(folder, account, `${id}${ENDING}`);
  return {
    async records() {
      const names = await listFolder(folder);
      const records = await Promise.all(
        names
          .filter((name) => name.endsWith(ENDING))
          .map(async (name) => (await readUpload(join(folder, name))).record),
      );
      return records.sort((a, b) => a.created - b.created || a.id.localeCompare(b.id));
    },
    read: (record) => readUpload(pathOf(record)),
    async write({ record, features }) {
      const path = pathOf(record);
      await mkdir(join(folder, record.account), { recursive: true });
      const draft = `${path}.draft`;
      const text = `${JSON.stringify(record)}\n${JSON.stringify(features)}\n`;
      try {
        await writeSynced(draft, text);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(join(folder, record.account));
    },
    remove: (record) => rm(pathOf(record), { force: true }),
  };
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function readUpload(path: string): Promise<StoredUpload> {
  const [record = '', features = ''] = (await readFile(path, 'utf8')).split('\n');
  // Written by write() above and by nobody else.
  return {
    record: JSON.parse(record) as UploadRecord,
    features: JSON.parse(features) as StoredUpload['features'],
  };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
