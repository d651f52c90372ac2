import { type Env, EnvError } from '#lib/env.ts';
import { hasPaddle, paddleVersion } from './paddle/paddle.ts';
import { type OtherLanguage, otherLanguages } from './scripts.ts';
import { findNative } from './tesseract-native.ts';
import { findLanguage, tesseractJsVersion } from './tesseract-js.ts';

export interface OcrSettings {
  /** Language codes joined by `+`. */
  languages: string;
  /** Others of which there is data: a page that is in one of them is read in that one. */
  others: OtherLanguage[];
  /** `native` is the `tesseract` on the PATH. */
  engine: 'js' | 'native';
  /** When PP-OCR reads as well. */
  paddle: 'never' | 'where_better' | 'always';
  /** Part of the cache key of recognised pages. */
  version: string;
}

/** Changes whenever the same picture would give other words for a reason of our own. */
const ownVersion = 'ocr-6';

/**
 * Chooses the OCR engines. Tesseract: the binary when there is one that knows the languages and `wanted` allows it.
 * PP-OCR: for English, where this machine can run it.
 * @throws EnvError when a language is installed nowhere, or PP-OCR is wanted where it cannot run
 */
export function chooseOcr(wanted: Env['OCR_ENGINE'], languages: string): OcrSettings {
  const tesseract = chooseTesseract(wanted, languages);
  const paddle = choosePaddle(wanted, languages);
  const paddlePart = paddle === 'never' ? '' : ` ${paddleVersion}-${paddle}`;
  const others = otherLanguages.filter((code) => !languages.split('+').includes(code) && tesseract.has(code));
  const version = `${ownVersion} ${tesseract.version}+${languages}(${others.join('+')})${paddlePart}`;
  return { engine: tesseract.engine, paddle, languages, others, version };
}

/** Its characters are those of English and Chinese: letters with accents are beyond it. */
function choosePaddle(wanted: Env['OCR_ENGINE'], languages: string): OcrSettings['paddle'] {
  if (wanted === 'paddle') {
    if (!hasPaddle()) throw new EnvError('OCR_ENGINE=paddle does not run on this machine: set it to auto');
    return 'always';
  }
  return wanted === 'auto' && languages === 'eng' && hasPaddle() ? 'where_better' : 'never';
}

interface ChosenTesseract extends Pick<OcrSettings, 'engine' | 'version'> {
  has(language: string): boolean;
}

function chooseTesseract(wanted: Env['OCR_ENGINE'], languages: string): ChosenTesseract {
  const codes = languages.split('+');
  const native = wanted === 'js' ? null : findNative();
  if (native && codes.every((code) => native.languages.includes(code))) {
    return { engine: 'native', version: `tesseract-${native.version}`, has: (code) => native.languages.includes(code) };
  }
  const missing = codes.find((code) => !findLanguage(code));
  if (missing) {
    throw new EnvError(
      `OCR_LANGUAGES names ${missing}, which is not installed: run npm install @tesseract.js-data/${missing}`,
    );
  }
  return { engine: 'js', version: tesseractJsVersion, has: (code) => findLanguage(code) !== null };
}
