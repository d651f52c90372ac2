import type { ByteRange } from '#lib/storage/byte-range.ts';

/** Where originals and bulky artifacts are kept, under keys such as `files/{sha256}`. */
export interface Storage {
  /** For logs and messages, without secrets. */
  readonly description: string;
  /** null when there is nothing under the key. */
  get(key: string): Promise<Uint8Array | null>;
  /** Writes whole or not at all, over what is there. Still there after a power cut once `flush` was called. */
  put(key: string, content: Uint8Array): Promise<void>;
  /**
   * Writes whole or not at all; false when there is something under the key, which is kept. Of two at once one wins. Still
   * there after a power cut once `flush` was called.
   */
  putIfAbsent(key: string, content: Uint8Array): Promise<boolean>;
  /**
   * From a local file. Equal keys mean equal content here: what is there already is as good. Still there after a power cut
   * as soon as this resolves.
   */
  putFile(key: string, path: string): Promise<void>;
  /** Copies an object to a local file; false when there is none. */
  download(key: string, path: string): Promise<boolean>;
  /** The object's bytes, or those of a range, as they come, with their number; null when there is none. */
  open(key: string, range?: ByteRange): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>;
  exists(key: string): Promise<boolean>;
  /** Deletes the object under the key, and every one below it (`key/…`), or some of those. */
  deleteAll(key: string, options?: DeleteOptions): Promise<void>;
  /** Makes all that this process put so far safe from a power cut. */
  flush(): Promise<void>;
  /** What the store cannot do and how Sluice makes up for it, in a sentence; null when there is nothing to say. */
  shortcoming(): Promise<string | null>;
  /** Removes what writers left that were killed. Call it at the start, and hourly. */
  sweep(): Promise<void>;
}

export interface DeleteOptions {
  /** Deletes only what is below `key/{folder}/…` of the folders that it accepts, not the object under the key itself. */
  onlyFolders?: (folder: string) => boolean;
  /** Breaks it off. */
  signal?: AbortSignal;
}

/** The store did not do what it was asked; trying again later may help. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable';

  /** Next bundles copies of this module, and the storage that one of them opened is used by all: the name tells. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'StorageUnavailable';
  }
}
