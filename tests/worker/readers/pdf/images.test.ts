import { PDFDocument } from 'pdf-lib';
import { readContent } from '#tests/support/read-file.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PdfReaderName } from '#lib/env.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { pdfReader } from '#worker/readers/pdf/reader.ts';
import type { PageToRecognise } from '#worker/readers/reader.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-images-'));
});
afterAll(() => rm(folder, { recursive: true }));

function scan(filter: string, bits: number, data: Buffer): Buffer {
  const head = `<</Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent ${bits}${filter}/Length ${data.length}>>\nstream\n`;
  const image = Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream')]);
  return pdfPage('q 600 0 0 800 0 0 cm /Im0 Do Q\n', { resources: '/XObject<</Im0 10 0 R>>', more: [image] });
}

/** The page as it comes from OCR that sees these words on what is drawn. */
async function read(content: Buffer, texts: string[], by: PdfReaderName = 'auto'): Promise<Page | undefined> {
  const path = join(folder, 'scan.pdf');
  await writeFile(path, content);
  const recognise = async (given: PageToRecognise): Promise<Page> => {
    await given.render(72);
    const { pageNum, kind, width, height, title } = given;
    const about = { pageNum, kind, width, height, title };
    const words = texts.map((text): Word => ({ text, x: 0, y: 0, width: 0.1, height: 0.1, confidence: 0.9 }));
    return { ...about, source: 'ocr', words, text: texts.join(' '), layout: texts.join(' ') };
  };
  const file = { path, type: 'pdf' as const, pdfReader: by };
  return (await Array.fromAsync(pdfReader.readPages(file, { from: 0, to: 1 }, recognise)))[0];
}

const junk = Buffer.from('this is no picture at all '.repeat(20));

describe('a picture that cannot be decoded', () => {
  it.each([
    ['JPEG 2000', '/Filter/JPXDecode', 8],
    ['JPEG', '/Filter/DCTDecode', 8],
    ['JBIG2', '/Filter/JBIG2Decode', 1],
  ])('makes its page fail, which is not blank: %s', async (_name, filter, bits) => {
    await expect(read(scan(filter, bits, junk), [])).rejects.toMatchObject({
      reason: 'corrupt_file',
      message: expect.stringMatching(/Page 1 is damaged/),
    });
  });

  it('is named where the page has something else', async () => {
    const page = await read(scan('/Filter/JPXDecode', 8, junk), ['Hello']);
    expect(page?.notices).toEqual([expect.stringMatching(/picture on page 1 is damaged/)]);
  });
});

it('a white page is blank, and nothing more', async () => {
  const page = await read(scan('', 8, Buffer.alloc(60 * 80, 255)), []);
  expect(page).toMatchObject({ words: [], text: '' });
  expect(page?.notices).toBeUndefined();
});

it('a PDF says with its first page that it holds files', async () => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage();
  page.drawText('Enough letters for a text layer of this invoice');
  await pdf.attach(Buffer.from('Terms'), 'terms.txt', { mimeType: 'text/plain' });
  const read = (await readContent('pdf', await pdf.save()))[0];
  expect(read?.holdsFiles).toBe(true);
});

describe('a picture that pdf.js only warns of', () => {
  const mask = (filter: string) => {
    const head = `<</Type/XObject/Subtype/Image/ImageMask true/Width 60/Height 80/BitsPerComponent 1${filter}/Length ${junk.length}>>\nstream\n`;
    return Buffer.concat([Buffer.from(head), junk, Buffer.from('\nendstream')]);
  };
  const line = 'BT /F1 12 Tf 72 700 Td (A page with a text of its own, long enough to count) Tj ET\n';
  const drawn = 'q 300 0 0 300 100 100 cm /Im0 Do Q\n';

  it.each([
    ['a mask', '/XObject<</Im0 10 0 R>>', mask('/Filter/JBIG2Decode')],
    ['one that is not in the file', '/XObject<</Im0 77 0 R>>', Buffer.from('<<>>')],
  ])('makes its page fail: %s', async (_name, resources, object) => {
    const page = pdfPage(drawn, { resources, more: [object] });
    await expect(read(page, [])).rejects.toMatchObject({ reason: 'corrupt_file' });
  });

  it('is named on a page of text, which is not drawn for it', async () => {
    const resources = '/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</Im0 77 0 R>>';
    const page = await read(pdfPage(line + drawn, { resources }), ['never asked for'], 'pdfjs');
    expect(page?.text).toContain('long enough to count');
    expect(page?.notices).toEqual([expect.stringMatching(/picture on page 1 is damaged/)]);
  });
});
