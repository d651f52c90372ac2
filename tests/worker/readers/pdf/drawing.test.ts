import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { openDrawing } from '#worker/readers/pdf/draw.ts';
import { openPdfium } from '#worker/readers/pdf/pdfium/document.ts';
import type { Bitmap, FileToRead } from '#worker/readers/reader.ts';
import { loadPdfJs } from '#worker/readers/pdf/pdfjs.ts';

test('pages are read by the version of pdf.js that draws them in the browser', async () => {
  const reader = await loadPdfJs();
  // What app/sessions/[id]/review/viewer/pdf.ts imports.
  const browser = await import('pdfjs-dist');
  expect([reader.version, reader.build]).toEqual([browser.version, browser.build]);
});

test.each(['pdfium', 'pdfjs'] as const)('letters that are a stencil are drawn as letters by %s', async (pdfReader) => {
  const stencil = 'q BT 7 Tr /F1 300 Tf 50 300 Td (HO) Tj ET 0 g 0 0 600 800 re f Q\n';
  const painted = await darkShare(pdfPage(stencil), pdfReader);
  expect(painted).toBeGreaterThan(0.05);
  expect(painted).toBeLessThan(0.2);
});

test.each(['pdfium', 'pdfjs'] as const)('a page is drawn as it is turned by %s', async (pdfReader) => {
  const turned = pdfPage('q 0 g 0 600 600 200 re f Q\n', { page: '/Rotate 90' });
  const { width, height, data } = await drawn(turned, pdfReader);
  expect([width, height]).toEqual([400, 300]);
  expect([data[4 * (150 * width + 350)], data[4 * (150 * width + 50)]]).toEqual([0, 255]);
});

/** How much of the page is black. */
async function darkShare(content: Buffer, pdfReader: 'pdfium' | 'pdfjs'): Promise<number> {
  const { width, height, data } = await drawn(content, pdfReader);
  const dark = data.filter((value, index) => index % 4 === 0 && value < 128).length;
  return dark / (width * height);
}

async function drawn(content: Buffer, pdfReader: 'pdfium' | 'pdfjs'): Promise<Bitmap> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-draw-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const file: FileToRead = { path, type: 'pdf', pdfReader };
    const pdfium = pdfReader === 'pdfium' ? await openPdfium(file) : null;
    const drawing = openDrawing(file, pdfium);
    const bitmap = await drawing.toBitmap(0, 36);
    await drawing.close();
    pdfium?.close();
    return bitmap;
  } finally {
    await rm(folder, { recursive: true });
  }
}
