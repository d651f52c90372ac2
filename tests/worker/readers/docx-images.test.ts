import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import { docx, paragraph } from '#tests/bombs/zip.ts';
import type { PageToRecognise } from '#worker/readers/reader.ts';
import { wordReader } from '#worker/readers/docx.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-images-'));
});
afterAll(() => rm(folder, { recursive: true }));

const picture = (width: number, height: number) => createCanvas(width, height).toBuffer('image/png');

/** The pages of a document with these pictures; those that are given to OCR say how large they are. */
async function pagesOf(body: string, pictures: Buffer[]): Promise<string[]> {
  const path = join(folder, 'file.docx');
  const more = pictures.map((content, index) => ({ name: `word/media/image${index + 1}.png`, content }));
  await writeFile(path, docx(body, { more }));
  const file = { path, type: 'docx' as const };
  const seen = async ({ pageNum, kind, width, height, title }: PageToRecognise): Promise<Page> => {
    const text = `seen ${width} × ${height}`;
    return { pageNum, kind, source: 'ocr', width, height, title, words: [], text, layout: text };
  };
  const range = { from: 0, to: await wordReader.countPages(file) };
  return (await Array.fromAsync(wordReader.readPages(file, range, seen))).map(({ text }) => text);
}

it('a document that is only a picture is read from the picture', async () => {
  expect(await pagesOf(paragraph(''), [picture(800, 600)])).toEqual(['seen 800 × 600']);
});

it('pictures with room for text are pages behind those of the text, logos and lines are none', async () => {
  expect(await pagesOf(paragraph('See below'), [picture(900, 500), picture(120, 120), picture(2000, 20)])).toEqual([
    'See below',
    'seen 900 × 500',
  ]);
});

it('beside much text only what is as large as a scan is looked at', async () => {
  const text = paragraph('All the words of a long letter to the harbour master. '.repeat(10));
  expect(await pagesOf(text, [picture(500, 400), picture(1000, 900)])).toHaveLength(2);
});
