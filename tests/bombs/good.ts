import { createCanvas } from '@napi-rs/canvas';
import XLSX from '@e965/xlsx';
import { pdf, stream, textLine } from './pdf.ts';
import { docx, paragraph } from './zip.ts';

/** A good file of each kind, small, for mutations. */
export async function goodFiles(): Promise<{ name: string; content: Buffer }[]> {
  const picture = drawWords('Invoice 4711 of 3 May 2025');
  return [
    { name: 'good.pdf', content: twoPages() },
    { name: 'good.docx', content: docx(['Invoice', 'Total 12.50', 'Due 3 May 2025'].map(paragraph).join('')) },
    ...(['xlsx', 'xls', 'ods', 'xlsb'] as const).map((type) => ({ name: `good.${type}`, content: workbook(type) })),
    { name: 'good.csv', content: Buffer.from('Date;Amount\n2025-05-03;12,50\n2025-05-04;7,00\n') },
    {
      name: 'good.html',
      content: Buffer.from('<html><body><h1>Invoice</h1><table><tr><td>Total<td>12.50</table></body></html>'),
    },
    {
      name: 'good.eml',
      content: Buffer.from(
        'From: a@example.com\r\nSubject: Invoice\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nTotal 12.50\r\n',
      ),
    },
    { name: 'good.png', content: await picture.encode('png') },
    { name: 'good.jpg', content: await picture.encode('jpeg') },
    { name: 'good.webp', content: await picture.encode('webp') },
    { name: 'good.gif', content: await picture.encode('gif') },
  ];
}

function twoPages(): Buffer {
  const page = (content: number) =>
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${content} 0 R/Resources<</Font<</F1 7 0 R>>>>>>`;
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>',
    page(4),
    stream(textLine('Invoice 4711 of 3 May 2025, total 12.50', 100)),
    page(6),
    stream(textLine('The second page of this invoice', 100)),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

function workbook(type: 'xlsx' | 'xls' | 'ods' | 'xlsb'): Buffer {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([
      ['Date', 'Amount'],
      ['2025-05-03', 12.5],
      ['2025-05-04', 7],
    ]),
    'One',
  );
  return Buffer.from(XLSX.write(book, { type: 'buffer', bookType: type }));
}

function drawWords(text: string) {
  const canvas = createCanvas(360, 60);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.font = '24px sans-serif';
  context.fillText(text, 10, 40);
  return canvas;
}
