import { describe, expect, it, test } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import { codes, pdfPage, type PdfPageOptions } from '#tests/support/pdf-page.ts';
import { readContent } from '#tests/support/read-file.ts';

const enough = 'BT /F1 10 Tf 60 60 Td (These are enough letters for a text layer) Tj ET\n';

async function read(content: string, options: PdfPageOptions = {}): Promise<Page> {
  const [page] = await readContent('pdf', pdfPage(content + enough, options));
  if (!page) throw new Error('no page');
  return page;
}

describe('what is printed without room between', () => {
  it('is a label and its value', async () => {
    const page = await read('BT /F1 10 Tf 100 700 Td (Total:1,250.00 http://a.example 12:30) Tj ET\n');
    expect(page.text).toContain('Total: 1,250.00 http://a.example 12:30');
  });

  it('is one word where letters are set closer', async () => {
    const close = 'BT /F1 14 Tf 100 700 Td -1.8 Tc (Te) Tj ET\nBT /F1 14 Tf 114.5 700 Td 0 Tc (xtil AG) Tj ET\n';
    expect((await read(close)).text).toContain('Textil AG');
  });

  it('are cents that are small and raised, but not the number of a footnote', async () => {
    const raised = (x: number, text: string) => `BT /F1 8 Tf ${x} 705 Td (${text}) Tj ET\n`;
    const figure = 'BT /F1 14 Tf 100 700 Td (25) Tj ET\n';
    expect((await read(figure + raised(115.57, '27'))).text).toContain('25²⁷');
    expect((await read(figure + raised(115.57, '1'))).text).not.toContain('25¹');
  });

  it('is a label once that was printed bold by printing a part of the line again', async () => {
    const twice = 'BT /F1 10 Tf 100 700 Td (Buyer:Ann) Tj ET\nBT /F1 10 Tf 100.3 700 Td (Buyer:) Tj ET\n';
    expect((await read(twice)).words.map(({ text }) => text).slice(0, 2)).toEqual(['Buyer:', 'Ann']);
  });
});

describe('the boxes of a form', () => {
  const button = (rect: string, state: string, more: string) =>
    `<</Type/Annot/Subtype/Widget/FT/Btn/Rect[${rect}]/T(b${rect.replaceAll(' ', '')})/V/${state}/AS/${state}/AP<</N<</Yes 11 0 R/Off 11 0 R>>>>${more}>>`;
  const form = '<</Type/XObject/Subtype/Form/BBox[0 0 14 14]/Length 0>>\nstream\n\nendstream';

  it('are marks where they stand, however they look', async () => {
    const page = await read('BT /F1 10 Tf 120 700 Td (Yes) Tj ET\nBT /F1 10 Tf 200 700 Td (No) Tj ET\n', {
      page: '/Annots[10 0 R 12 0 R]',
      more: [button('100 698 114 712', 'Yes', ''), form, button('180 698 194 712', 'Off', '')],
    });
    expect(page.text).toContain('☒ Yes ☐ No');
  });
});

test('a font that says other letters than it shows is not believed', async () => {
  const swapped = [...'Invoice number A-7781 of the harbour company'].map((sign) =>
    String.fromCharCode((sign.codePointAt(0) ?? 0) << 8),
  );
  const content = `BT /F2 10 Tf 60 700 Td ${codes(...swapped.map((_, index) => index + 1))} Tj ET\n`;
  await expect(readContent('pdf', pdfPage(content, { meanings: swapped }))).rejects.toThrow('no usable text');
});
