import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { openDrawing } from '#worker/readers/pdf/draw.ts';
import { loadPdfJs } from '#worker/readers/pdf/pdfjs.ts';

test('pages are read by the version of pdf.js that draws them in the browser', async () => {
  const reader = await loadPdfJs();
  // What app/sessions/[id]/review/viewer/pdf.ts imports.
  const browser = await import('pdfjs-dist');
  expect([reader.version, reader.build]).toEqual([browser.version, browser.build]);
});

test('letters that are a stencil for what is painted over them are drawn as letters', async () => {
  const stencil = 'q BT 7 Tr /F1 300 Tf 50 300 Td (HO) Tj ET 0 g 0 0 600 800 re f Q\n';
  const painted = await darkShare(pdfPage(stencil));
  expect(painted).toBeGreaterThan(0.05);
  expect(painted).toBeLessThan(0.2);
});

/** How much of the page is black. */
async function darkShare(content: Buffer): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-draw-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const drawing = openDrawing({ path, type: 'pdf' });
    const { width, height, data } = await drawing.toBitmap(0, 36);
    await drawing.close();
    const dark = data.filter((value, index) => index % 4 === 0 && value < 128).length;
    return dark / (width * height);
  } finally {
    await rm(folder, { recursive: true });
  }
}
