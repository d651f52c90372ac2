import { isAbsolute, join, resolve } from 'node:path';
import type { Env } from '#lib/env.ts';
import type { Exclusive } from './exclusive.ts';
import { fileStorage } from './file.ts';
import { s3Storage } from './s3.ts';
import type { Storage } from './storage.ts';

/**
 * The storage that the configuration names; a folder below `DATA_DIR` when it names none. `acrossProcesses` makes up for a
 * server that does not settle which of two writers is first; without it only writers in this process take turns.
 */
export function openStorage(env: Env, acrossProcesses?: Exclusive): Storage {
  const url = env.STORAGE_URL;
  if (!url) return fileStorage(join(env.DATA_DIR, 'storage'));
  if (url.startsWith('s3://')) {
    const [bucket = '', ...prefix] = url.slice('s3://'.length).split('/');
    const options = {
      bucket,
      prefix: prefix.filter(Boolean).join('/'),
      endpoint: env.S3_ENDPOINT ?? null,
      region: env.S3_REGION,
      pathStyle: env.S3_PATH_STYLE,
    };
    return s3Storage(options, acrossProcesses);
  }
  const path = url.replace(/^file:(\/\/)?/, '');
  return fileStorage(isAbsolute(path) ? path : resolve(path));
}
