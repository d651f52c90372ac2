/**
 * Text from bytes by its byte order mark, else as UTF-8. A few damaged characters in much valid UTF-8 do not make it
 * something else. null when the bytes are not UTF-8 or UTF-16.
 */
export function decodeUnicode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const wide = unmarkedUtf16(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  // TextDecoder drops the byte order mark.
  const text = new TextDecoder('utf-8').decode(bytes);
  const damaged = countOf(text, /\ufffd/g);
  if (damaged === 0) return text;
  const whole = countOf(text, /[^\p{ASCII}\ufffd]/gu);
  return damaged * minWholePerDamaged <= whole ? text : null;
}

const sampleBytes = 4096;

/**
 * UTF-16 without a byte order mark: spaces, digits and line ends have a 0 on one side of their byte. What else is there
 * is mostly ASCII, or characters that exist.
 */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, Math.min(sampleBytes, bytes.length) & ~1);
  if (sample.length < 4) return null;
  let [even, odd] = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) even += 1;
    else if (byte === 0) odd += 1;
  });
  const [most, least] = [Math.max(even, odd), Math.min(even, odd)];
  const half = sample.length / 2;
  if (most < 0.1 * half || least > 0.05 * half) return null;
  const label = odd > even ? 'utf-16le' : 'utf-16be';
  return most > 0.6 * half || !notText.test(new TextDecoder(label).decode(sample)) ? label : null;
}

/** Characters that do not exist, or control something. */
const notText = /[\p{Cn}\p{Co}\p{Cs}\ufffd]|(?![\t\n\r])\p{Cc}/u;

/** No other encoding gives so many valid sequences of UTF-8 by chance. */
const minWholePerDamaged = 4;

/**
 * Text from bytes, well enough to tell kinds of text apart by their ASCII: what is not Unicode is read as Windows-1252.
 * null when the bytes are no text.
 */
export function decodeRoughly(bytes: Uint8Array): string | null {
  const text = decodeUnicode(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
  return isMostlyText(text) ? text : null;
}

/** Control characters are rare in text and common in everything else. NULs are sown in by sloppy programs, and dropped later. */
export function isMostlyText(text: string): boolean {
  const sample = text.slice(0, 20_000);
  return countOf(sample, asciiControls) <= sample.length * 0.01 && countOf(sample, /\0/g) <= sample.length * 0.1;
}

/** Not those above ASCII: in Shift JIS and GBK their bytes are half of a character. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const asciiControls = /[\x01-\x08\x0b\x0e-\x1f\x7f]/g;

function countOf(text: string, pattern: RegExp): number {
  // One at a time: there may be millions.
  const matches = text.matchAll(pattern);
  let count = 0;
  while (!matches.next().done) count += 1;
  return count;
}
