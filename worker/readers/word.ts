import mammoth from 'mammoth';
import { DocumentError } from '#lib/failures.ts';
import { htmlLines, pageBreak } from './html-lines.ts';
import type { Reader } from './reader.ts';
import { linesReader } from './lines-reader.ts';
import { paginate } from './text-page.ts';
import { contentOf } from './unlock.ts';

/** Reads Word documents: headings, lists, tables, notes and text, in pages at the breaks that the writer set. */
export const wordReader: Reader = linesReader('word-1', async (file) => {
  const html = await toHtml(await contentOf(file));
  const sections = splitAt(htmlLines(html), pageBreak);
  return sections.flatMap(paginate).filter((lines) => lines.some((line) => line.trim() !== ''));
});

async function toHtml(buffer: Buffer): Promise<string> {
  try {
    const styleMap = ["br[type='page'] => hr.page-break:fresh"];
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { styleMap, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    );
    return value;
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

function splitAt(lines: readonly string[], mark: string): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line === mark) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}
