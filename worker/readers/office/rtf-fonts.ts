/** Code pages of fonts by their character set (Rich Text Format specification 1.9.1, "Font table"). */
const byCharset: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};
const byNumber: Readonly<Record<number, string>> = {
  866: 'ibm866',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
};

/** Decodes the bytes of text, each in the code page of its font. */
export class RtfFonts {
  #usual = 'windows-1252';
  readonly #fonts = new Map<number, string>();
  readonly #decoders = new Map<string, TextDecoder>();

  /** The file's own code page (`\ansicpg`). */
  setUsual(number: number): void {
    this.#usual = byNumber[number] ?? (number >= 1250 && number <= 1258 ? `windows-${number}` : this.#usual);
  }

  add(font: number, charset: number): void {
    const encoding = byCharset[charset];
    if (encoding) this.#fonts.set(font, encoding);
  }

  decode(bytes: readonly number[], font: number): string {
    const encoding = this.#fonts.get(font) ?? this.#usual;
    const decoder = this.#decoders.get(encoding) ?? new TextDecoder(encoding);
    this.#decoders.set(encoding, decoder);
    return decoder.decode(Uint8Array.from(bytes));
  }
}
