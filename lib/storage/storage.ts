/** Where originals and bulky artifacts are kept, under keys such as `files/{sha256}`. */
export interface Storage {
  /** For logs and messages, without secrets. */
  readonly description: string;
  /** null when there is nothing under the key. */
  get(key: string): Promise<Uint8Array | null>;
  /** Writes whole or not at all, over what is there. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** Keeps what is there when the key exists already; equal keys mean equal content. */
  putIfAbsent(key: string, content: Uint8Array): Promise<void>;
  /** Like `putIfAbsent`, from a local file. */
  putFile(key: string, path: string): Promise<void>;
  /** Copies an object to a local file; false when there is none. */
  download(key: string, path: string): Promise<boolean>;
  /** The object's bytes as they come, with its size; null when there is none. */
  open(key: string): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>;
  exists(key: string): Promise<boolean>;
  /** Deletes every object whose key starts with the prefix. */
  deleteAll(prefix: string): Promise<void>;
  /** @throws StorageUnavailable when the store does not answer or cannot be written. */
  check(): Promise<void>;
}

/** The store did not do what it was asked; trying again later may help. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable';
}
