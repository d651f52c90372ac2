/**
 * Text from bytes: by its byte order mark, else UTF-8 when it is valid, else Windows-1252.
 * null when the bytes are no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  const content = hasMark ? bytes.subarray(3) : bytes;
  if (content.includes(0)) return null;
  const text = decodeStrictly(content) ?? new TextDecoder('windows-1252').decode(content);
  return isMostlyText(text) ? text : null;
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Control characters are rare in text and common in everything else. */
function isMostlyText(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const controls = sample.match(/[^\P{Cc}\t\n\r\f]/gu)?.length ?? 0;
  return controls <= sample.length * 0.01;
}
