import type { FeatureCollection } from 'geojson';
import { type Tileset, tileCutter } from '../tiles/tileset.ts';
import { type StoredUpload, tilesetIdOf, type UploadRecord, type UploadState } from './upload.ts';
import type { UploadFiles } from './upload-files.ts';

/** An upload and where it stands. */
export interface ShelvedUpload {
  readonly record: UploadRecord;
  readonly progress: UploadState;
}

/** All accounts' uploads. Every question names the account that asks, and sees that account's uploads only. */
export interface UploadShelf {
  /** Oldest first. */
  list(account: string): readonly ShelvedUpload[];
  get(account: string, id: string): ShelvedUpload | undefined;
  /** Stores an upload; when this resolves it is on disk and its tiles are being made. Undefined: the account's shelf is full. */
  add(upload: StoredUpload): Promise<ShelvedUpload | undefined>;
  /** False where the account has no such upload. */
  remove(account: string, id: string): Promise<boolean>;
  /** Undefined where the account has no such upload or it is not ready. */
  tileset(account: string, id: string): Promise<Tileset | undefined>;
  /** Resolves when nothing is being made any more. */
  settled(): Promise<void>;
}

/** The most uploads of one account. */
export const UPLOAD_LIMIT = 20;

/** How many uploads' tiles are kept ready to cut; the rest are read from disk again when they are asked for. */
const TILESETS_KEPT = 16;
const MAX_ZOOM = 14;

/** Opens the shelf with all that its files hold. */
export async function openUploadShelf(files: UploadFiles): Promise<UploadShelf> {
  const uploads = new Map<string, ShelvedUpload>();
  const tilesets = new Map<string, Promise<Tileset>>();
  const making = new Set<Promise<void>>();
  for (const record of await files.records()) {
    uploads.set(tilesetIdOf(record), { record, progress: { state: 'ready' } });
  }

  const keep = (id: string, tileset: Promise<Tileset>) => {
    tilesets.delete(id);
    tilesets.set(id, tileset);
    const [oldest] = tilesets.keys();
    if (tilesets.size > TILESETS_KEPT && oldest !== undefined) tilesets.delete(oldest);
    return tileset;
  };

  const make = async ({ record, features }: StoredUpload) => {
    const id = tilesetIdOf(record);
    const settle = (progress: UploadState) => {
      if (uploads.has(id)) uploads.set(id, { record, progress });
    };
    try {
      await keep(id, sliceLater(record, features));
      if (!uploads.has(id)) tilesets.delete(id);
      settle({ state: 'ready' });
    } catch (error) {
      tilesets.delete(id);
      settle({
        state: 'failed',
        error: error instanceof Error ? error.message : 'the tiles could not be made',
      });
    }
  };

  const list = (account: string) => [...uploads.values()].filter(({ record }) => record.account === account);

  return {
    list,
    get: (account, id) => uploads.get(tilesetIdOf({ account, id })),
    async add(upload) {
      if (list(upload.record.account).length >= UPLOAD_LIMIT) return undefined;
      const shelved: ShelvedUpload = { record: upload.record, progress: { state: 'processing' } };
      // Takes its place before the write is awaited, so that uploads side by side cannot overfill the shelf.
      const id = tilesetIdOf(upload.record);
      uploads.set(id, shelved);
      try {
        await files.write(upload);
      } catch (error) {
        uploads.delete(id);
        throw error;
      }
      const made = make(upload).finally(() => making.delete(made));
      making.add(made);
      return shelved;
    },
    async remove(account, id) {
      const key = tilesetIdOf({ account, id });
      const found = uploads.get(key);
      if (found === undefined) return false;
      await files.remove(found.record);
      tilesets.delete(key);
      return uploads.delete(key);
    },
    async tileset(account, id) {
      const key = tilesetIdOf({ account, id });
      const found = uploads.get(key);
      if (found?.progress.state !== 'ready') return undefined;
      const kept = tilesets.get(key);
      return keep(
        key,
        kept ?? files.read(found.record).then(({ record, features }) => slice(record, features)),
      );
    },
    async settled() {
      await Promise.all(making);
    },
  };
}

/** Lets the answer to the upload go out before the slicing, which occupies the thread. */
function sliceLater(record: UploadRecord, features: FeatureCollection): Promise<Tileset> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(slice(record, features));
      } catch (error) {
        reject(error);
      }
    });
  });
}

function slice(record: UploadRecord, features: FeatureCollection): Tileset {
  return {
    id: tilesetIdOf(record),
    name: record.name,
    version: String(record.created),
    maxZoom: MAX_ZOOM,
    bounds: record.bounds,
    attribution: undefined,
    layers: [{ id: UPLOAD_LAYER, fields: {} }],
    cut: tileCutter({ [UPLOAD_LAYER]: features }, MAX_ZOOM),
  };
}

/** The name of the one layer in an upload's tiles. */
export const UPLOAD_LAYER = 'upload';
