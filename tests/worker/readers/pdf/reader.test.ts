import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it, test } from 'vitest';
import type { Box, Page } from '#lib/core/pages/page.ts';
import { stream } from '#tests/bombs/pdf.ts';
import { codes, pdfPage, type PdfPageOptions } from '#tests/support/pdf-page.ts';
import { misplaced, readContent } from '#tests/support/read-file.ts';

const enough = 'BT /F1 10 Tf 60 60 Td (These are enough letters for a text layer) Tj ET\n';
const hello = 'BT /F1 20 Tf 100 700 Td (Hello) Tj ET\n';

/** The page, which is the same whatever reads it. */
async function read(content: string, options: PdfPageOptions = {}): Promise<Page> {
  const file = pdfPage(`${content}\n${enough}`, options);
  const [page] = await readContent('pdf', file);
  const [other] = await readContent('pdf', file, { pdfReader: 'pdfjs' });
  if (!page || !other) throw new Error('no page');
  expect(roughly(page), 'as pdf.js reads it').toEqual(roughly(other));
  return page;
}

function roughly({ text, words }: Page): unknown {
  return [text, words.map((word) => [word.text, edges(word)])];
}

function boxOf(page: Page, text: string): Box {
  const word = page.words.find((one) => one.text === text);
  if (!word) throw new Error(`${text} is not among: ${page.text}`);
  return word;
}

const font = await (await PDFDocument.create()).embedFont(StandardFonts.Helvetica);
const helloWidth = font.widthOfTextAtSize('Hello', 20);

/** Left, top, right and bottom in thousandths of the page. */
function edges({ x, y, width, height }: Box): number[] {
  return thousandths(x, y, x + width, y + height);
}

function thousandths(...fractions: number[]): number[] {
  return fractions.map((fraction) => Math.round(fraction * 1000));
}

describe('the box of a word', () => {
  it('is as wide as its letters are, wide ones and narrow ones', async () => {
    const page = await read('BT /F1 20 Tf 100 700 Td (WWW illi 1.50) Tj ET\n');
    const start = 100 + font.widthOfTextAtSize('WWW ', 20);
    const box = boxOf(page, 'illi');
    expect(box.x).toBeCloseTo(start / 600, 4);
    expect(box.width).toBeCloseTo(font.widthOfTextAtSize('illi', 20) / 600, 4);
    expect(misplaced(page)).toEqual([]);
  });

  it('stands where the word is seen on a turned page', async () => {
    const [right, low, high] = [100 + helloWidth, 696, 716];
    expect(edges(boxOf(await read(hello), 'Hello'))).toEqual(
      thousandths(100 / 600, (800 - high) / 800, right / 600, (800 - low) / 800),
    );
    const quarter = await read(hello, { page: '/Rotate 90' });
    expect(quarter).toMatchObject({ width: 800, height: 600 });
    expect(edges(boxOf(quarter, 'Hello'))).toEqual(thousandths(low / 800, 100 / 600, high / 800, right / 600));
    const half = await read(hello, { page: '/Rotate 180' });
    expect(edges(boxOf(half, 'Hello'))).toEqual(thousandths((600 - right) / 600, low / 800, 500 / 600, high / 800));
    const back = await read(hello, { page: '/Rotate 270' });
    expect(edges(boxOf(back, 'Hello'))).toEqual(
      thousandths((800 - high) / 800, (600 - right) / 600, (800 - low) / 800, 500 / 600),
    );
  });

  it('counts from the corner of the part that is shown, and what is cut off is no word', async () => {
    const outside = 'BT /F1 20 Tf 20 780 Td (Cut) Tj ET\n';
    const page = await read(hello + outside, { mediaBox: '-50 -20 600 800', page: '/CropBox[50 30 450 750]' });
    expect(page).toMatchObject({ width: 400, height: 720 });
    expect(edges(boxOf(page, 'Hello'))).toEqual(
      thousandths(50 / 400, (750 - 716) / 720, (50 + helloWidth) / 400, (750 - 696) / 720),
    );
    expect(page.text).not.toContain('Cut');
  });

  it('is the same share of a page whose unit is larger', async () => {
    const page = await read(hello, { page: '/UserUnit 2' });
    expect(page).toMatchObject({ width: 1200, height: 1600 });
    expect(edges(boxOf(page, 'Hello'))).toEqual(thousandths(100 / 600, 84 / 800, (100 + helloWidth) / 600, 104 / 800));
  });

  it('follows a form that is drawn smaller elsewhere', async () => {
    const form = stream(hello, 1, '/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 -100 -700]');
    const page = await read('q 0.5 0 0 0.5 300 400 cm /X1 Do Q\n', {
      resources: '/XObject<</X1 10 0 R>>',
      more: [form],
    });
    expect(edges(boxOf(page, 'Hello'))).toEqual(
      thousandths(300 / 600, 392 / 800, (300 + helloWidth / 2) / 600, 402 / 800),
    );
  });
});

test('a font of drawings has its own unit, and its words are as wide as the drawings', async () => {
  const drawing = stream('60 0 0 0 50 70 d1 0 0 50 70 re f');
  const type3 =
    '<</Type/Font/Subtype/Type3/FontBBox[0 0 50 70]/FontMatrix[0.01 0 0 0.01 0 0]/CharProcs<</a 11 0 R>>/Encoding<</Type/Encoding/Differences[65/a/a/a]>>/FirstChar 65/LastChar 67/Widths[60 60 60]/ToUnicode 12 0 R/Resources<<>>>>';
  const meanings = stream(
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar <41> <0053> <42> <0075> <43> <006D> endbfchar endcmap end end',
  );
  const page = await read('BT /F9 20 Tf 100 700 Td (ABC) Tj ET\n', {
    fonts: '/F9 10 0 R',
    more: [type3, drawing, meanings],
  });
  expect(edges(boxOf(page, 'Sum'))).toEqual(thousandths(100 / 600, 84 / 800, 136 / 600, 104 / 800));
});

test('a column of Chinese is read from the top', async () => {
  const font = '<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniGB-UTF16-V/DescendantFonts[11 0 R]>>';
  const descendant =
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 12 0 R>>';
  const descriptor =
    '<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>';
  const content = 'BT /F9 20 Tf 300 700 Td <4E2D56FD5408540C> Tj ET\n';
  const page = await read(content, { fonts: '/F9 10 0 R', more: [font, descendant, descriptor] });
  expect(edges(boxOf(page, '中国合同'))).toEqual(thousandths(290 / 600, 100 / 800, 310 / 600, 180 / 800));
});

describe('a word', () => {
  it('is one when its letters are drawn apart: kerned, set wide, or piece by piece', async () => {
    const page = await read(`
      BT /F1 20 Tf 100 700 Td [(A) 80 (V) 70 (A)] TJ ET
      BT /F1 12 Tf 5 Tc 100 650 Td (TOTAL DUE) Tj ET
      BT /F1 12 Tf 0 Tc 100 600 Td [(T) -400 (E) -400 (R) -400 (M) -400 (S)] TJ ET
      BT /F1 12 Tf 100 550 Td (Ger) Tj (many) Tj ET`);
    expect(page.text.split('\n').slice(0, 4)).toEqual(['AVA', 'TOTAL DUE', 'TERMS', 'Germany']);
  });

  it('ends where there is room, also without a space', async () => {
    const page = await read('BT /F1 12 Tf 100 700 Td [(Net) -278 (90) -2000 (USD)] TJ ET\n');
    expect(page.text.split('\n')[0]).toBe('Net 90 USD');
  });

  it('is not glued to the small raised number of its footnote', async () => {
    const page = await read('BT /F1 12 Tf 100 700 Td (4.25) Tj /F1 7 Tf 5 Ts (1) Tj ET\n');
    expect(page.words.map(({ text }) => text)).toContain('4.25');
  });

  it('is read once when it is drawn twice to look bold', async () => {
    const twice = 'BT /F1 12 Tf 100 700 Td (Total) Tj ET BT /F1 12 Tf 100.3 700 Td (Total) Tj ET\n';
    expect((await read(twice)).text.match(/Total/g)).toHaveLength(1);
  });

  it('has plain letters for ligatures, and keeps fractions and raised numbers as they are', async () => {
    const page = await read(
      `BT /F2 12 Tf 100 700 Td ${codes(1, 2)} Tj ET BT /F2 12 Tf 100 650 Td ${codes(3, 4)} Tj ET`,
      {
        meanings: ['ﬁ', 'ffl', '½', '²'],
      },
    );
    expect(page.text.split('\n').slice(0, 2)).toEqual(['fiffl', '½²']);
  });
});

describe('a line from right to left', () => {
  // Drawn as it looks, from the left: the last letter first.
  const hebrew = { meanings: [...'שלוםעלתקה'] };

  it('has its letters and words in the order in which they are read, each with its own box', async () => {
    const content = `BT /F2 20 Tf 300 700 Td [${codes(4, 3, 6, 5)} -600 ${codes(4, 3, 2, 1)}] TJ ET\n`;
    const page = await read(content, hebrew);
    expect(page.text.split('\n')[0]).toBe('שלום עלום');
    expect(boxOf(page, 'שלום').x).toBeGreaterThan(0.5);
  });

  it('keeps numbers within it from left to right', async () => {
    const content = `BT /F1 20 Tf 200 700 Td (12.50) Tj ET BT /F2 20 Tf 300 700 Td ${codes(4, 3, 2, 1)} Tj ET\n`;
    const page = await read(content, hebrew);
    expect(page.text.split('\n')[0]).toBe('שלום 12.50');
    expect(page.layout.split('\n')[0]?.trim()).toMatch(/12\.50 {2,}שלום/);
  });

  it('has the plain letters of Arabic, however each is drawn', async () => {
    // Final, medial and initial forms, and lam with alef as one sign.
    const page = await read(`BT /F2 20 Tf 300 700 Td ${codes(1, 2, 3, 4)} Tj ET\n`, {
      meanings: ['ﻡ', 'ﻼ', 'ﺴ', 'ﺍﻟ'],
    });
    expect(page.words.map(({ text }) => text)).toContain('السلام');
  });
});

describe('text that is not level', () => {
  const margin = 'BT /F1 10 Tf 0 1 -1 0 30 200 Tm (Will 12 of the year) Tj ET\n';
  const mark = 'BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 250 Tm (DRAFT) Tj ET\n';
  const rows = 'BT /F1 12 Tf 20 TL 100 400 Td (First row) Tj T* (Second row) Tj T* (Third row) Tj ET\n';

  it('is read after the page, and does not tear its lines apart', async () => {
    const page = await read(mark + margin + rows);
    const [level, sideways, askew] = page.text.split('\n\n');
    expect(level?.split('\n').slice(0, 3)).toEqual(['First row', 'Second row', 'Third row']);
    expect(sideways).toBe('Will 12 of the year');
    expect(askew).toBe('DRAFT');
  });

  it('has boxes that are as high as it is long', async () => {
    const page = await read(margin + rows);
    const box = boxOf(page, 'Will');
    const long = font.widthOfTextAtSize('Will', 10);
    expect(edges(box)).toEqual(thousandths(22 / 600, (800 - 200 - long) / 800, 32 / 600, 600 / 800));
  });

  it('is read as a page of its own when all of it lies on its side', async () => {
    const side =
      'BT /F1 12 Tf 0 1 -1 0 100 100 Tm 20 TL (First row of many letters) Tj T* (Second row of letters) Tj ET\n';
    const [page] = await readContent('pdf', pdfPage(side));
    expect(page?.text).toBe('First row of many letters\nSecond row of letters');
  });
});

test('what is filled into a field is read where it is seen', async () => {
  const look = stream(
    '/Tx BMC BT /F1 12 Tf 2 4 Td (Ada Lovelace) Tj ET EMC',
    1,
    '/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>',
  );
  const field =
    '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada Lovelace)/F 4/Rect[100 500 300 520]/AP<</N 10 0 R>>>>';
  const page = await read('', { page: '/Annots[11 0 R]', more: [look, field] });
  expect(page.text).toContain('Ada Lovelace');
  expect(boxOf(page, 'Ada').x).toBeCloseTo(102 / 600, 4);
});

test('a page of a text that was made by a scanner, unseen behind the picture, is read as text', async () => {
  const page = await read('BT 3 Tr /F1 12 Tf 100 700 Td (Unseen words) Tj ET\n');
  expect(page).toMatchObject({ source: 'text', text: expect.stringContaining('Unseen words') });
});

test('a tick of a font of marks is read as a tick, not as the digit by which the font knows it', async () => {
  const dingbats = '<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>';
  const content = 'BT /F9 12 Tf 100 500 Td (4) Tj ET\n';
  const page = await read(content, { fonts: '/F9 10 0 R', more: [dingbats] });
  expect(page.words.map(({ text }) => text)).toContain('✔');
});
