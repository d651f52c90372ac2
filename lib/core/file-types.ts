/** Every kind of file that Sluice can name, told by content (`detectFileType`). */
export const fileTypes = {
  pdf: { label: 'PDF', mime: 'application/pdf', family: 'pdf' },
  docx: {
    label: 'Word',
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    family: 'word',
  },
  doc: { label: 'Word 97–2003', mime: 'application/msword', family: 'word' },
  rtf: { label: 'Rich text', mime: 'application/rtf', family: 'word' },
  odt: { label: 'OpenDocument text', mime: 'application/vnd.oasis.opendocument.text', family: 'word' },
  pptx: {
    label: 'PowerPoint',
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    family: 'word',
  },
  odp: {
    label: 'OpenDocument presentation',
    mime: 'application/vnd.oasis.opendocument.presentation',
    family: 'word',
  },
  epub: { label: 'EPUB book', mime: 'application/epub+zip', family: 'word' },
  xlsx: { label: 'Excel', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', family: 'sheet' },
  xlsm: { label: 'Excel with macros', mime: 'application/vnd.ms-excel.sheet.macroenabled.12', family: 'sheet' },
  xlsb: { label: 'Excel binary', mime: 'application/vnd.ms-excel.sheet.binary.macroenabled.12', family: 'sheet' },
  xls: { label: 'Excel 97–2003', mime: 'application/vnd.ms-excel', family: 'sheet' },
  ods: { label: 'OpenDocument sheet', mime: 'application/vnd.oasis.opendocument.spreadsheet', family: 'sheet' },
  csv: { label: 'CSV', mime: 'text/csv', family: 'delimited' },
  tsv: { label: 'TSV', mime: 'text/tab-separated-values', family: 'delimited' },
  txt: { label: 'Text', mime: 'text/plain', family: 'text' },
  md: { label: 'Markdown', mime: 'text/markdown', family: 'text' },
  html: { label: 'HTML', mime: 'text/html', family: 'text' },
  xml: { label: 'XML', mime: 'application/xml', family: 'text' },
  msg: { label: 'Outlook message', mime: 'application/vnd.ms-outlook', family: 'text' },
  eml: { label: 'E-mail', mime: 'message/rfc822', family: 'text' },
  png: { label: 'PNG image', mime: 'image/png', family: 'image' },
  jpeg: { label: 'JPEG image', mime: 'image/jpeg', family: 'image' },
  tiff: { label: 'TIFF image', mime: 'image/tiff', family: 'image' },
  heic: { label: 'HEIC picture', mime: 'image/heic', family: 'image' },
  webp: { label: 'WebP image', mime: 'image/webp', family: 'image' },
  bmp: { label: 'BMP image', mime: 'image/bmp', family: 'image' },
  gif: { label: 'GIF image', mime: 'image/gif', family: 'image' },
  zip: { label: 'ZIP archive', mime: 'application/zip', family: 'archive' },
  /** Office files are wholly encrypted: which kind it is cannot be told. */
  encrypted: { label: 'Protected Office file', mime: 'application/octet-stream', family: 'encrypted' },
} as const;

export type FileType = keyof typeof fileTypes;
export type FileFamily = (typeof fileTypes)[FileType]['family'];

export function isFileType(text: string): text is FileType {
  return Object.hasOwn(fileTypes, text);
}
