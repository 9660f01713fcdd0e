import type { FeatureCollection } from 'geojson';

/** What is known of an upload; plain JSON, as it is stored beside its features. */
export interface UploadRecord {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** Unix milliseconds. */
  readonly created: number;
  readonly bytes: number;
  readonly featureCount: number;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
}

export interface StoredUpload {
  readonly record: UploadRecord;
  readonly features: FeatureCollection;
}

/** Where an upload stands: tiles are cut from it once it is `ready`. */
export type UploadState =
  | { readonly state: 'processing' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly error: string };

/** An account's tilesets are named after it; account names have no dot, so no two tilesets share an id. */
export function tilesetIdOf({ account, id }: Pick<UploadRecord, 'account' | 'id'>): string {
  return `${account}.${id}`;
}
