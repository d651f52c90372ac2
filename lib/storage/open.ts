import { isAbsolute, join, resolve } from 'node:path';
import type { Env } from '#lib/env.ts';
import { fileStorage } from './file.ts';
import { s3Storage } from './s3.ts';
import type { Storage } from './storage.ts';

/** The storage that the configuration names; a folder below `DATA_DIR` when it names none. */
export function openStorage(env: Env): Storage {
  const url = env.STORAGE_URL;
  if (!url) return fileStorage(join(env.DATA_DIR, 'storage'));
  if (url.startsWith('s3://')) {
    const [bucket = '', ...prefix] = url.slice('s3://'.length).split('/');
    return s3Storage({
      bucket,
      prefix: prefix.filter(Boolean).join('/'),
      endpoint: env.S3_ENDPOINT ?? null,
      region: env.S3_REGION,
      pathStyle: env.S3_PATH_STYLE,
    });
  }
  const path = url.replace(/^file:(\/\/)?/, '');
  return fileStorage(isAbsolute(path) ? path : resolve(path));
}
