import { type Canvas, createCanvas } from '@napi-rs/canvas';
import XLSX from '@e965/xlsx';
import Utif from 'utif2';
import { onePage, pdf, stream, textLine } from './pdf.ts';
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
    { name: 'good.tiff', content: tiffOf(picture) },
    { name: 'good-scan.pdf', content: scanOf(await picture.encode('jpeg'), picture) },
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

function drawWords(text: string): Canvas {
  const canvas = createCanvas(360, 60);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.font = '24px sans-serif';
  context.fillText(text, 10, 40);
  return canvas;
}

function tiffOf(canvas: Canvas): Buffer {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return Buffer.from(Utif.encodeImage(new Uint8Array(data), width, height));
}

function scanOf(jpeg: Buffer, { width, height }: Canvas): Buffer {
  const about = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode`;
  const draw = stream(`q ${width} 0 0 ${height} 0 0 cm /Im0 Do Q`);
  return onePage(draw, {
    mediaBox: `0 0 ${width} ${height}`,
    resources: '/XObject<</Im0 6 0 R>>',
    more: [stream(jpeg, 0, about)],
  });
}
