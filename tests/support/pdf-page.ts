import { pdf, stream } from '#tests/bombs/pdf.ts';

export interface PdfPageOptions {
  /** More entries of the page, such as `/Rotate 90`. */
  page?: string;
  mediaBox?: string;
  /**
   * What the codes of font F2 mean, from 1 on: every sign is 600 wide and looks like nothing. F1 is Helvetica, and F3
   * is Helvetica without a meaning: its codes are said to be signs of private use.
   */
  meanings?: readonly string[];
  /** More objects, numbered from 10 on. */
  more?: readonly (string | Buffer)[];
  /** More resources of the page, and more fonts. */
  resources?: string;
  fonts?: string;
}

/** A PDF of one page of 600 × 800 points with this content stream. */
export function pdfPage(content: string, options: PdfPageOptions = {}): Buffer {
  const { page = '', mediaBox = '0 0 600 800', meanings = [], more = [], resources = '', fonts = '' } = options;
  const last = Math.max(1, meanings.length);
  const ascii = Array.from({ length: 94 }, (_, index) => index + 33);
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[${mediaBox}]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 8 0 R${fonts}>>${resources}>>${page}>>`,
    stream(content),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    `<</Type/Font/Subtype/TrueType/BaseFont/Signs/FirstChar 1/LastChar ${last}/Widths[${'600 '.repeat(last)}]/ToUnicode 7 0 R>>`,
    stream(meaningsMap(meanings.map((meaning, index) => [index + 1, meaning]))),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 9 0 R>>',
    stream(meaningsMap(ascii.map((code) => [code, String.fromCharCode(0xe000 + code)]))),
    ...more,
  ]);
}

/** Codes of font F2 as a string of a content stream. */
export function codes(...numbers: readonly number[]): string {
  return `<${Buffer.from(numbers).toString('hex')}>`;
}

function meaningsMap(entries: readonly (readonly [number, string])[]): string {
  const hex = (bytes: Buffer) => bytes.toString('hex');
  const rows = entries.map(
    ([code, meaning]) => `<${hex(Buffer.from([code]))}> <${hex(Buffer.from(meaning, 'utf16le').swap16())}>`,
  );
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CMapName /Signs def /CMapType 2 def',
    '1 begincodespacerange <00> <FF> endcodespacerange',
    `${rows.length} beginbfchar`,
    ...rows,
    'endbfchar endcmap end end',
  ].join('\n');
}
