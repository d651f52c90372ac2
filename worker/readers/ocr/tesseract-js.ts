import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { toPgm } from './bitmap.ts';
import type { Tesseract } from './tesseract.ts';

const require = createRequire(import.meta.url);

/** The part of the WebAssembly module that is used; tesseract.js-core ships no types. */
interface Core {
  FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void };
  TessBaseAPI: new () => {
    Init(dataPath: null, languages: string, mode: number): number;
    SetVariable(name: string, value: string): boolean;
    /** Reads `/input`; 0 when it could. */
    SetImageFile(exifOrientation: number, radians: number): number;
    SetSourceResolution(dpi: number): void;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    Clear(): void;
  };
}

const lstmOnly = 1;
const version = z.object({ version: z.string() }).parse(require('tesseract.js-core/package.json')).version;

/** Part of the cache key of recognised pages. */
export const tesseractJsVersion = `tesseract.js-core-${version}`;

/** Where the trained data of a language lies, or null when its package is not installed. */
export function findLanguage(language: string): string | null {
  try {
    const folder = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
    return join(folder, '4.0.0_best_int', `${language}.traineddata.gz`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/**
 * Tesseract as WebAssembly in this process, on this thread: the readers' processes are the pool.
 * Nothing is fetched; the data comes from the installed packages.
 */
export async function openTesseractJs(languages: string): Promise<Tesseract> {
  const core = await startCore();
  for (const language of languages.split('+')) {
    const path = findLanguage(language);
    if (!path) throw new Error(`The OCR language ${language} is not installed`);
    core.FS.writeFile(`./${language}.traineddata`, gunzipSync(readFileSync(path)));
  }
  const api = new core.TessBaseAPI();
  if (api.Init(null, languages, lstmOnly) !== 0) throw new Error(`Tesseract could not load ${languages}`);
  return async (picture, { segmentation, dpi }) => {
    core.FS.writeFile('/input', toPgm(picture));
    api.SetVariable('tessedit_pageseg_mode', String(segmentation));
    if (api.SetImageFile(1, 0) !== 0) throw new Error('Tesseract could not read the picture');
    api.SetSourceResolution(dpi);
    api.Recognize(null);
    const tsv = api.GetTSVText(0);
    api.Clear();
    core.FS.unlink('/input');
    return tsv;
  };
}

/** Plain SIMD: the relaxed one is no faster here, and may answer differently on another processor. */
function startCore(): Promise<Core> {
  const quiet = () => undefined;
  return require('tesseract.js-core/tesseract-core-simd-lstm')({
    TesseractProgress: quiet,
    print: quiet,
    printErr: quiet,
  });
}
