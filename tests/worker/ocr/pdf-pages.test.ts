import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  degrees,
  PDFDocument,
  type PDFFont,
  type PDFPage,
  setTextRenderingMode,
  StandardFonts,
  TextRenderingMode,
} from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import { codes, pdfPage } from '#tests/support/pdf-page.ts';
import { recognisePage } from '#worker/readers/ocr/page.ts';
import { openTesseractJs } from '#worker/readers/ocr/tesseract-js.ts';
import type { Tesseract } from '#worker/readers/ocr/tesseract.ts';
import type { RecognisePage } from '#worker/readers/reader.ts';
import { pdfReader } from '#worker/readers/pdf/reader.ts';
import { letter, pageImageOf } from './pictures.ts';

let folder: string;
let tesseract: Tesseract;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdf-pages-'));
  tesseract = await openTesseractJs('eng');
});
afterAll(() => rm(folder, { recursive: true }));

/** Pages that were given to OCR by the last reading. */
const recognised: number[] = [];

async function read(content: Uint8Array): Promise<Page[]> {
  const path = join(folder, 'file.pdf');
  await writeFile(path, content);
  recognised.length = 0;
  const file = { path, type: 'pdf' as const };
  const range = { from: 0, to: await pdfReader.countPages(file) };
  const recognise: RecognisePage = (page) => {
    recognised.push(page.pageNum);
    return recognisePage(page, { tesseract });
  };
  return Array.fromAsync(pdfReader.readPages(file, range, recognise));
}

interface Sheet {
  /** Words of a text layer, and where they begin. */
  text?: string;
  at?: { x: number; y: number };
  /** Lines that are only seen. */
  scan?: readonly string[];
  turned?: number;
}

/** A PDF of pages of 500 × 350 points. */
async function pdfOf(...sheets: Sheet[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const { text, at = { x: 30, y: 15 }, scan, turned = 0 } of sheets) {
    const page = document.addPage([500, 350]);
    page.setRotation(degrees(turned));
    if (scan) page.drawImage(await document.embedPng(await pageImageOf(scan)), { x: 0, y: 0, width: 500, height: 350 });
    if (text) page.drawText(text, { ...at, size: 10, font });
  }
  return document.save();
}

test('a file of both kinds has its text pages as text and its scanned pages as they are seen', async () => {
  const sentence = 'The text of this page is in the file and needs no recognising';
  const pages = await read(await pdfOf({ text: sentence }, { scan: letter }, { text: sentence }));
  expect(pages.map(({ pageNum, source }) => [pageNum, source])).toEqual([
    [0, 'text'],
    [1, 'ocr'],
    [2, 'text'],
  ]);
  expect(pages[1]?.text.split('\n')).toEqual(letter);
  expect(recognised).toEqual([1]);
});

test.each([90, 180, 270])(
  'a scanned page that the file turns by %i degrees is read, with boxes where the words are seen',
  async (turned) => {
    const [page] = await read(await pdfOf({ scan: letter, turned }));
    expect(page?.text.split('\n')).toEqual(letter);
    expect(page).toMatchObject(turned === 180 ? { width: 500, height: 350 } : { width: 350, height: 500 });
    const word = page?.words.find(({ text }) => text === 'Invoice');
    const middle = { x: (word?.x ?? 0) + (word?.width ?? 0) / 2, y: (word?.y ?? 0) + (word?.height ?? 0) / 2 };
    // Unturned, its middle is at 0.11 from the left and 0.125 from the top.
    const place = { 90: { x: 0.875, y: 0.11 }, 180: { x: 0.89, y: 0.875 }, 270: { x: 0.125, y: 0.89 } }[turned];
    expect(Math.abs(middle.x - (place?.x ?? 0))).toBeLessThan(0.03);
    expect(Math.abs(middle.y - (place?.y ?? 0))).toBeLessThan(0.03);
  },
);

test('a scan with a number or a stamp as its only text is recognised', async () => {
  const [numbered, stamped] = await read(
    await pdfOf({ scan: letter, text: 'Page 3' }, { scan: letter, text: 'Received by the registry on 4 May 2025' }),
  );
  expect(numbered).toMatchObject({ source: 'ocr', text: expect.stringContaining(letter[3] ?? '') });
  expect(stamped).toMatchObject({ source: 'ocr', text: expect.stringContaining(letter[3] ?? '') });
});

test('a few words of text on an empty page stay, exactly as they are', async () => {
  const [page] = await read(await pdfOf({ text: 'Annex B' }));
  expect(page).toMatchObject({ source: 'text', text: 'Annex B' });
});

test('a few words that cannot be seen are not lost', async () => {
  const [page] = await read(pdfPage('BT 3 Tr /F1 12 Tf 100 700 Td (Unseen) Tj ET'));
  expect(page).toMatchObject({ source: 'text', text: 'Unseen' });
});

test('a text layer of signs without a meaning is read by what it looks like', async () => {
  const [page] = await read(pdfPage('BT /F3 24 Tf 60 700 Td (Payable within thirty days) Tj ET'));
  expect(page).toMatchObject({ source: 'ocr', text: 'Payable within thirty days' });
});

test('a short page of text with rules and a picture on it is text', async () => {
  const rules = Array.from({ length: 30 }, (_, row) => `50 ${60 + row * 20} 500 1 re f`).join('\n');
  const [page] = await read(
    pdfPage(`${rules}\n0.5 g 400 700 120 60 re f\n0 g BT /F1 12 Tf 60 700 Td (A form without any answers in it) Tj ET`),
  );
  expect(page?.source).toBe('text');
  expect(recognised).toEqual([]);
});

test('a page of signs that mean nothing and look like nothing is an empty page', async () => {
  const [page] = await read(pdfPage(`BT 3 Tr /F2 12 Tf 100 700 Td ${codes(1, 1, 1)} Tj ET`, { meanings: ['\uE000'] }));
  expect(page).toMatchObject({ words: [], text: '' });
});

const prose = Array.from({ length: 12 }, (_, line) => `Line ${line + 1} of a page with much text of its own.`);

async function pageOf(draw: (page: PDFPage, font: PDFFont) => void, picture: { y: number; height: number }) {
  const document = await PDFDocument.create();
  const page = document.addPage([500, 700]);
  page.drawImage(await document.embedPng(await pageImageOf(letter)), { x: 0, width: 500, ...picture });
  draw(page, await document.embedFont(StandardFonts.Helvetica));
  return document.save();
}

test('what is in a picture beside much text is read too', async () => {
  const content = await pageOf(
    (page, font) => {
      for (const [line, text] of prose.entries()) page.drawText(text, { x: 30, y: 670 - 20 * line, size: 12, font });
    },
    { y: 0, height: 350 },
  );
  const [page] = await read(content);
  expect(page?.source).toBe('text');
  for (const line of prose) expect(page?.text).toContain(line);
  expect(page?.text).toContain(letter[3] ?? '');
});

test("another program's reading of a scan is compared with what is seen, word by word", async () => {
  const content = await pageOf(
    (page, font) => {
      page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
      page.drawText('lnv0ice', { x: 30, y: 600, size: 20, font });
      page.drawText(`Unseen ${prose.join(' ')}`, { x: 30, y: 40, size: 3, font });
    },
    { y: 350, height: 350 },
  );
  const [page] = await read(content);
  expect(page?.source).toBe('ocr');
  expect(page?.text).toContain(letter[0] ?? '');
  expect(page?.text).not.toContain('lnv0ice');
  expect(page?.text).toContain('Unseen');
});
