import { type Block, linesOf, textsIn } from '../blocks.ts';
import { htmlBlocks } from '../html-blocks.ts';
import type { Letter } from './letter.ts';

/** Of the two forms of a mail the richer: the text is often left out, or only says that there is another. */
export function bodyOf({ text, html }: Pick<Letter, 'text' | 'html'>): Block[] {
  const plain = linesOf(text.split(/\r?\n/));
  if (html === '') return plain;
  const rich = htmlBlocks(html);
  const hasTable = rich.some(({ kind }) => kind === 'table');
  return hasTable || missingShare(rich, plain) > maxMissing ? rich : plain;
}

/** So large a share of the words may be missing where the text writes something else out, such as links. */
const maxMissing = 0.1;

function missingShare(rich: readonly Block[], plain: readonly Block[]): number {
  const known = new Set(wordsIn(plain));
  const words = wordsIn(rich);
  return words.length === 0 ? 0 : words.filter((word) => !known.has(word)).length / words.length;
}

function wordsIn(blocks: readonly Block[]): string[] {
  return (
    textsIn(blocks)
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
