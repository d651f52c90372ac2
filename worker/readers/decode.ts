import { detectAll } from 'jschardet';
import { decodeUnicode, isMostlyText } from '#lib/files/decode.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { withNotices } from './notices.ts';

export interface Decoded {
  text: string;
  /** The encoding that it was taken to be in, for people; null when the file says which it is. */
  guessed: string | null;
}

interface Encoding {
  /** As TextDecoder calls it. */
  label: string;
  name: string;
  /** Characters of two bytes or more: hardly any other text is valid in one of these. */
  isWide?: boolean;
  /** Latin letters with marks may stand alone; letters of another script stand in words. */
  isLatin?: boolean;
}

/** By the names that jschardet uses. Only what TextDecoder decodes: it knows some hundred more, most of them from DOS. */
const encodings: Readonly<Record<string, Encoding>> = {
  'windows-1250': { label: 'windows-1250', name: 'Windows-1250 (Central European)', isLatin: true },
  'windows-1251': { label: 'windows-1251', name: 'Windows-1251 (Cyrillic)' },
  'windows-1252': { label: 'windows-1252', name: 'Windows-1252 (Western European)', isLatin: true },
  'windows-1253': { label: 'windows-1253', name: 'Windows-1253 (Greek)' },
  'windows-1254': { label: 'windows-1254', name: 'Windows-1254 (Turkish)', isLatin: true },
  'windows-1255': { label: 'windows-1255', name: 'Windows-1255 (Hebrew)' },
  'windows-1256': { label: 'windows-1256', name: 'Windows-1256 (Arabic)' },
  'windows-1257': { label: 'windows-1257', name: 'Windows-1257 (Baltic)', isLatin: true },
  'windows-1258': { label: 'windows-1258', name: 'Windows-1258 (Vietnamese)', isLatin: true },
  'iso-8859-2': { label: 'iso-8859-2', name: 'ISO 8859-2 (Central European)', isLatin: true },
  macroman: { label: 'macintosh', name: 'Mac Roman (Western European)', isLatin: true },
  'koi8-r': { label: 'koi8-r', name: 'KOI8-R (Cyrillic)' },
  'koi8-u': { label: 'koi8-u', name: 'KOI8-U (Cyrillic)' },
  ibm866: { label: 'ibm866', name: 'IBM 866 (Cyrillic)' },
  cp932: { label: 'shift_jis', name: 'Shift JIS (Japanese)', isWide: true },
  'euc-jp': { label: 'euc-jp', name: 'EUC-JP (Japanese)', isWide: true },
  gb18030: { label: 'gb18030', name: 'GB 18030 (Chinese)', isWide: true },
  big5: { label: 'big5', name: 'Big5 (Chinese)', isWide: true },
  cp949: { label: 'euc-kr', name: 'EUC-KR (Korean)', isWide: true },
  cp874: { label: 'windows-874', name: 'Windows-874 (Thai)' },
};
const western = { label: 'windows-1252', name: 'Windows-1252 (Western European)' };
/** What it is asked to tell apart; some go by another name than in its answer. */
const candidates = Object.keys(encodings)
  .filter((name) => !['ibm866', 'euc-jp', 'big5'].includes(name))
  .concat('cp866', 'euc-jis-2004', 'big5hkscs');

/** This much of a text says what it is in. */
const sampleBytes = 32 * 1024;
/** Below this the guess is no better than the most common encoding. */
const minConfidence = 0.05;
/** How much more likely than Windows-1252 another must be. */
const minLead = 1.25;

/**
 * Text from a file's bytes: in Unicode when that is valid, else as a page's markup declares it, else in the encoding
 * that its letters make the most likely.
 * @throws DocumentError `corrupt_file` when it is no text
 */
export function decodeText(bytes: Uint8Array, { isMarkup = false } = {}): Decoded {
  const decoded = decode(bytes, isMarkup);
  if (!isMostlyText(decoded.text)) throw new DocumentError('corrupt_file');
  return decoded;
}

function decode(bytes: Uint8Array, isMarkup: boolean): Decoded {
  const unicode = decodeUnicode(bytes);
  if (unicode !== null) return { text: unicode, guessed: null };
  const declared = isMarkup ? declaredDecoder(bytes) : null;
  if (declared) return { text: declared.decode(bytes), guessed: null };
  const { label, name } = guess(sampleOf(bytes));
  return { text: new TextDecoder(label).decode(bytes), guessed: name };
}

/** From the line of the first byte beyond ASCII on: what is before it is the same in all of them. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const start = bytes.lastIndexOf(0x0a, Math.max(first, 0)) + 1;
  // A line may be as long as the file.
  const from = first - start < sampleBytes / 2 ? start : first;
  return bytes.subarray(from, from + sampleBytes);
}

function guess(sample: Uint8Array): Encoding {
  const found = detectAll(sample, { detectEncodings: candidates, minimumThreshold: 0 });
  const confidenceOf = (name: string) =>
    found.find(({ encoding }) => encoding?.toLowerCase() === name)?.confidence ?? 0;
  const best = found[0]?.encoding?.toLowerCase() ?? '';
  const encoding = encodings[best];
  if (!encoding) return western;
  const { isWide, isLatin, label } = encoding;
  const isLikely = confidenceOf(best) >= minConfidence && confidenceOf(best) > minLead * confidenceOf('windows-1252');
  if (!isWide && !isLikely) return faultsOf(western, sample) > 0 ? leastFaulty(sample, confidenceOf) : western;
  return isLatin || /[^\P{L}\p{ASCII}]{2}/u.test(new TextDecoder(label).decode(sample)) ? encoding : western;
}

/** Signs that stand between letters in no language; in the wrong encoding they are what letters become. */
const signInWord = /(?<=\p{L})[¡-©«-´¶-¹»-¿×÷\u0080-\u009f](?=\p{L})|\ufffd|[\u0080-\u009f]/gu;

function faultsOf({ label }: Encoding, sample: Uint8Array): number {
  return new TextDecoder(label).decode(sample).match(signInWord)?.length ?? 0;
}

/** Of the encodings of Latin letters the one that breaks the fewest words; of equals the likelier one. */
function leastFaulty(sample: Uint8Array, confidenceOf: (name: string) => number): Encoding {
  const rated = Object.entries(encodings)
    .filter(([, { isLatin }]) => isLatin)
    .map(([name, encoding]) => ({ encoding, faults: faultsOf(encoding, sample), confidence: confidenceOf(name) }))
    .toSorted((a, b) => a.faults - b.faults || b.confidence - a.confidence);
  return rated[0]?.encoding ?? western;
}

/** The encoding that a page names in its first kilobyte (HTML standard, 13.2.3.2), or an XML declaration does. */
function declaredDecoder(bytes: Uint8Array): TextDecoder | null {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024));
  const label = /(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(start)?.[1];
  if (!label) return null;
  try {
    // A page that names UTF-8 and is not valid in it is guessed at like any other text.
    const decoder = new TextDecoder(label);
    return decoder.encoding.startsWith('utf-') ? null : decoder;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The page with a notice of the encoding that its file was taken to be in, if that was guessed. */
export function withEncoding(page: Page, guessed: string | null | undefined): Page {
  if (!guessed) return page;
  const notice = `The file does not name its text encoding; it was read as ${guessed}. If letters look wrong, save it as UTF-8 and upload that.`;
  return withNotices(page, [notice]);
}
