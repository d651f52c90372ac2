/** A part of an RTF file (Rich Text Format specification 1.9.1, "Basic entities"). */
export type RtfToken =
  | { kind: 'open' | 'close' }
  | { kind: 'word'; name: string; value: number | null }
  /** A byte of the font's code page. */
  | { kind: 'byte'; value: number }
  | { kind: 'symbol'; sign: string }
  | { kind: 'text'; text: string };

const word = /([a-z]{1,32})(-?\d{1,10})? ?/iy;
const plain = /[^\\{}\r\n]+/y;

/** The tokens of a file that was read as Latin-1; pictures in binary form are passed over. */
export function* rtfTokens(file: string): Generator<RtfToken, void> {
  for (let at = 0; at < file.length;) {
    const sign = file[at];
    if (sign === '{' || sign === '}') {
      yield { kind: sign === '{' ? 'open' : 'close' };
      at += 1;
    } else if (sign === '\r' || sign === '\n') at += 1;
    else if (sign !== '\\') {
      plain.lastIndex = at;
      const [text = ''] = plain.exec(file) ?? [];
      yield { kind: 'text', text };
      at += text.length;
    } else {
      const { token, length } = control(file, at + 1);
      yield token;
      at += 1 + length;
    }
  }
}

/** What stands behind a backslash, and how long it is. */
function control(file: string, at: number): { token: RtfToken; length: number } {
  word.lastIndex = at;
  const match = word.exec(file);
  if (match) {
    const [{ length }, name = '', digits] = match;
    const value = digits === undefined ? null : Number(digits);
    const binary = name === 'bin' && value !== null && value > 0 ? value : 0;
    return { token: { kind: 'word', name, value }, length: length + binary };
  }
  const sign = file[at] ?? '';
  if (sign !== "'") return { token: { kind: 'symbol', sign }, length: 1 };
  const value = Number.parseInt(file.slice(at + 1, at + 3), 16);
  return { token: { kind: 'byte', value: Number.isNaN(value) ? 0x3f : value }, length: 3 };
}
