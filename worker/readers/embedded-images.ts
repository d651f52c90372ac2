import { type Block, textsIn } from './blocks.ts';
import { readImageSize } from './ocr/image-size.ts';

/** Fewer dots hold no text that a person could read: logos, lines, bullets. */
const minDots = 60_000;
const minSide = 60;
/** In a document with text of its own only pictures as large as a part of a scanned page are looked at. */
const minDotsBesideText = 400_000;
const manyLetters = 200;
const maxImages = 50;

/** Pictures of a document that may hold text of their own, by the names of its parts. */
export function imagesWithText(parts: Readonly<Record<string, Uint8Array>>, pages: readonly Block[][]): Buffer[] {
  const pictures = Object.keys(parts)
    .filter((name) => /\/media\/[^/]+\.(?:png|jpe?g|gif|bmp|webp)$/i.test(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((name) => parts[name] ?? []);
  return picturesWithText(pictures, pages);
}

/** Those of a document's pictures that may hold text of their own. */
export function picturesWithText(pictures: readonly Uint8Array[], pages: readonly Block[][]): Buffer[] {
  const least = lettersIn(pages.flat()) < manyLetters ? minDots : minDotsBesideText;
  return pictures
    .map((content) => Buffer.from(content))
    .filter((bytes) => {
      const size = readImageSize(bytes);
      return size && Math.min(size.width, size.height) >= minSide && size.width * size.height >= least;
    })
    .slice(0, maxImages);
}

function lettersIn(blocks: readonly Block[]): number {
  return (
    textsIn(blocks)
      .join('')
      .match(/[\p{L}\p{N}]/gu)?.length ?? 0
  );
}
