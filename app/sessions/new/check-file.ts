import { bytes } from '#app/ui/format.ts';
import type { FileFamily } from '#lib/core/file-types.ts';

/** File name endings by family. The server tells a file by its content; this is only to say early what it will say. */
const endings: Record<Exclude<FileFamily, 'encrypted'>, string> = {
  pdf: 'pdf',
  word: 'docx doc rtf odt pptx odp epub',
  sheet: 'xlsx xlsm xlsb xls ods',
  delimited: 'csv tsv',
  text: 'txt text log md markdown html htm xml eml msg',
  archive: 'zip',
  image: 'png jpg jpeg tif tiff webp heic heif bmp gif',
};

export const acceptedEndings = Object.values(endings)
  .flatMap((each) => each.split(' '))
  .map((ending) => `.${ending}`)
  .join(',');

const headBytes = 4096;
const signatures = [
  '%PDF',
  '\x89PNG',
  '\xff\xd8\xff',
  'II*\0',
  'MM\0*',
  'GIF8',
  'BM',
  'PK\x03\x04',
  '\xd0\xcf\x11\xe0',
  'RIFF',
];

export function familyOf(name: string): FileFamily | null {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  for (const family of ['pdf', 'word', 'sheet', 'delimited', 'text', 'image'] as const) {
    if (endings[family].split(' ').includes(ending)) return family;
  }
  return null;
}

/** Why a file will be refused, in a sentence; null when nothing speaks against it. */
export async function judgeFile(file: File, maxBytes: number): Promise<string | null> {
  if (file.size === 0) return 'It is empty: choose another file.';
  if (file.size > maxBytes)
    return `It has ${bytes(file.size)}, more than the ${bytes(maxBytes)} allowed: split it and upload the parts.`;
  if (familyOf(file.name)) return null;
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const text = String.fromCharCode(...head);
  if (signatures.some((signature) => text.startsWith(signature)) || !head.includes(0)) return null;
  return 'Sluice cannot read this kind of file: save it as PDF, Word, Excel or an image.';
}
