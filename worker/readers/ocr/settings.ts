import { EnvError } from '#lib/env.ts';
import { findNative } from './tesseract-native.ts';
import { findLanguage, tesseractJsVersion } from './tesseract-js.ts';

export interface OcrSettings {
  /** Language codes joined by `+`. */
  languages: string;
  /** `native` is the `tesseract` on the PATH. */
  engine: 'js' | 'native';
  /** Part of the cache key of recognised pages. */
  version: string;
}

/** Changes whenever the same picture would give other words for a reason of our own. */
const ownVersion = 'ocr-3';

/**
 * Chooses the OCR engine: the binary when there is one that knows the languages and `wanted` allows it.
 * @throws EnvError when a language is installed nowhere
 */
export function chooseOcr(wanted: 'auto' | 'js', languages: string): OcrSettings {
  const codes = languages.split('+');
  const native = wanted === 'auto' ? findNative() : null;
  if (native && codes.every((code) => native.languages.includes(code))) {
    return {
      languages,
      engine: 'native',
      version: `${ownVersion} tesseract-${native.version}+${languages}`,
    };
  }
  const missing = codes.find((code) => !findLanguage(code));
  if (missing) {
    throw new EnvError(
      `OCR_LANGUAGES names ${missing}, which is not installed: run npm install @tesseract.js-data/${missing}`,
    );
  }
  return { languages, engine: 'js', version: `${ownVersion} ${tesseractJsVersion}+${languages}` };
}
