import { deflateSync } from 'node:zlib';
import { headersOnly, tiff, whitePng } from './images.ts';
import { manyPages, onePage, pdf, stream, textLine } from './pdf.ts';
import { office } from './office.ts';
import { cell, docx, paragraph, xlsx, zip } from './zip.ts';

/** A file made to hurt the one that reads it. What becomes of it stands in ledger.json under its name. */
export interface Bomb {
  /** With the extension that it pretends to have. */
  name: string;
  make(): Buffer;
  /** Takes more than two seconds of processor time to make or to die: only in the full run. */
  isSlow?: boolean;
}

const mega = 1024 * 1024;
const laughs =
  '<!DOCTYPE lolz [<!ENTITY a "ha">' +
  'bcdefghijk'.replace(
    /./g,
    (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`,
  ) +
  ']>';
const outside =
  '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY far SYSTEM "http://127.0.0.1:9/x">]>';

const archives: Bomb[] = [
  { name: 'zeros.zip', make: () => zip([{ name: 'a.txt', content: Buffer.alloc(200 * mega) }]) },
  { name: 'lying-size.zip', make: () => zip([{ name: 'a.txt', content: Buffer.alloc(50 * mega), claimed: 10 }]) },
  {
    name: 'many-files.zip',
    make: () => zip(Array.from({ length: 20_000 }, (_, n) => ({ name: `${n}.txt`, content: 'Hello' }))),
  },
  { name: 'names-that-climb.zip', make: () => zip([{ name: '../../etc/passwd.txt', content: 'Hello' }]) },
];

const containers: Bomb[] = [
  {
    name: 'zeros-in-a-part.docx',
    isSlow: true,
    make: () =>
      docx(paragraph('Hello'), { more: [{ name: 'word/media/zeros.bin', content: Buffer.alloc(1024 * mega) }] }),
  },
  { name: 'zeros-as-document.docx', make: () => docx(Buffer.alloc(200 * mega, ' ').toString('latin1')) },
  {
    name: '400-mb-of-text.docx',
    isSlow: true,
    make: () => docx(paragraph('lorem ipsum dolor sit amet '.repeat(400 * 40_000)).slice(0, 400 * mega)),
  },
  { name: 'many-paragraphs.docx', isSlow: true, make: () => docx(paragraph('One more line of text').repeat(600_000)) },
  {
    name: 'ten-thousand-parts.docx',
    isSlow: true,
    make: () =>
      docx(paragraph('Hello'), {
        more: Array.from({ length: 10_000 }, (_, n) => ({ name: `word/x${n}.xml`, content: 'x' })),
      }),
  },
  {
    name: 'lying-size.xlsx',
    make: () => xlsx(`<row r="1">${cell('A1', 'x'.repeat(100 * mega))}</row>`, { claimed: 10 }),
  },
  {
    name: 'zip-in-zip.docx',
    make: () =>
      docx(paragraph('Hello'), {
        more: [{ name: 'word/inner.zip', content: zip([{ name: 'a', content: Buffer.alloc(50 * mega) }]) }],
      }),
  },
  { name: 'zeros.xlsx', make: () => xlsx(Buffer.alloc(300 * mega, ' ').toString('latin1')) },
];

const markup: Bomb[] = [
  { name: 'billion-laughs.docx', make: () => docx(paragraph('&k;'), { before: laughs }) },
  { name: 'billion-laughs.xlsx', make: () => xlsx(`<row r="1">${cell('A1', '&k;')}</row>`, { before: laughs }) },
  { name: 'billion-laughs.html', make: () => Buffer.from(`${laughs}<html><body><p>Hello &k;</p></body></html>`) },
  { name: 'billion-laughs.xml', make: () => Buffer.from(`${laughs}<order><note>Hello &k;</note></order>`) },
  { name: 'deep-nesting.xml', make: () => Buffer.from(`<?xml version="1.0"?>${'<a>'.repeat(500_000)}Hello`) },
  {
    name: 'wide-spans.html',
    make: () =>
      Buffer.from(`<table>${`<tr>${'<td colspan=1000 rowspan=1000>a</td>'.repeat(50)}</tr>`.repeat(50)}</table>`),
  },
  { name: 'outside-entity.docx', make: () => docx(paragraph('Hello &secret; &far;'), { before: outside }) },
  {
    name: 'outside-entity.xlsx',
    make: () => xlsx(`<row r="1">${cell('A1', 'Hello &secret;')}</row>`, { before: outside }),
  },
  {
    name: 'deep-nesting.docx',
    isSlow: true,
    make: () =>
      docx(
        `${'<w:sdt><w:sdtContent>'.repeat(100_000)}${paragraph('Hello')}${'</w:sdtContent></w:sdt>'.repeat(100_000)}`,
      ),
  },
  {
    name: 'deep-tables.docx',
    make: () =>
      docx(`${'<w:tbl><w:tr><w:tc>'.repeat(20_000)}${paragraph('Hello')}${'</w:tc></w:tr></w:tbl>'.repeat(20_000)}`),
  },
  { name: 'deep-nesting.html', make: () => Buffer.from(`<html><body>${'<div>'.repeat(500_000)}Hello`) },
  {
    name: 'wide-table.html',
    isSlow: true,
    make: () => Buffer.from(`<html><table><tr>${'<td colspan=1000>a</td>'.repeat(100_000)}</tr></table>`),
  },
  { name: 'endless-line.txt', isSlow: true, make: () => Buffer.alloc(90 * mega, 'word ') },
  { name: 'commas.csv', isSlow: true, make: () => Buffer.alloc(40 * mega, 'a,') },
  { name: 'quotes.csv', isSlow: true, make: () => Buffer.from(`a,b\n${'"x\n'.repeat(5 * mega)}`) },
  { name: 'deep-parts.eml', make: () => Buffer.from(deepMail(5000)) },
];

const sheets: Bomb[] = [
  {
    name: 'sparse.xlsx',
    make: () =>
      xlsx(`<row r="1">${cell('A1', 'first')}</row><row r="1048576">${cell('XFD1048576', 'last')}</row>`, {
        dimension: 'A1:XFD1048576',
      }),
  },
  { name: 'two-million-rows.xlsx', isSlow: true, make: () => xlsx(rows(2_000_000)) },
  {
    name: 'sparse-rows.xlsx',
    isSlow: true,
    make: () =>
      xlsx(
        Array.from({ length: 2000 }, (_, n) => `<row r="${n * 500 + 1}">${cell(`XFD${n * 500 + 1}`, 'x')}</row>`).join(
          '',
        ),
      ),
  },
];

const documents: Bomb[] = [
  { name: 'double-flate.pdf', make: () => onePage(stream(Buffer.alloc(500 * mega, ' '), 2)) },
  { name: 'triple-flate.pdf', isSlow: true, make: () => onePage(stream(Buffer.alloc(1000 * mega, ' '), 3)) },
  { name: '200000-pages.pdf', isSlow: true, make: () => manyPages(200_000, 'Page of a very long file of text') },
  {
    name: 'claims-a-billion-pages.pdf',
    make: () => pdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 1000000000>>']),
  },
  {
    name: 'pages-in-a-circle.pdf',
    make: () => pdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R 2 0 R]/Count 20>>']),
  },
  { name: '20-million-operators.pdf', isSlow: true, make: () => onePage(stream('0 0 m 1 1 l S\n'.repeat(6_700_000))) },
  {
    name: '20-million-words.pdf',
    isSlow: true,
    make: () => onePage(stream('BT /F1 9 Tf (one two) Tj ET\n'.repeat(4_000_000))),
  },
  { name: 'endless-form.pdf', make: endlessForm },
  { name: 'nested-arrays.pdf', make: () => onePage(stream(`${'['.repeat(2_000_000)} TJ`)) },
  { name: 'huge-page.pdf', make: () => onePage(stream('0 0 10 10 re f'), { mediaBox: '0 0 1000000 1000000' }) },
  { name: 'flat-page.pdf', make: () => onePage(stream('0 0 10 10 re f'), { mediaBox: '0 0 1000000 0.001' }) },
  { name: 'huge-image.pdf', make: () => hugeImage(30_000, 30_000) },
  { name: 'many-images.pdf', isSlow: true, make: () => hugeImage(6000, 6000, 200) },
  { name: 'long-text.pdf', isSlow: true, make: () => onePage(stream(textLine('word '.repeat(2_000_000)))) },
  {
    name: 'script.pdf',
    make: () =>
      pdf([
        '<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){})>>>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
        stream(textLine('A page with an order to run a script')),
        '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
      ]),
  },
];

const images: Bomb[] = [
  { name: 'pixels.png', make: () => whitePng(30_000, 30_000) },
  { name: 'just-too-many-pixels.png', make: () => whitePng(7100, 7100) },
  { name: 'lying-height.png', make: () => whitePng(1000, 40_000, deflateSync(Buffer.alloc(1000))) },
  { name: 'endless-pixels.png', make: () => whitePng(100, 100, deflateSync(Buffer.alloc(200 * mega))) },
  { name: 'pixels.gif', make: () => headersOnly.gif(60_000, 60_000) },
  { name: 'pixels.bmp', make: () => headersOnly.bmp(100_000, 100_000) },
  { name: 'pixels.webp', make: () => headersOnly.webp(16_000, 16_000) },
  { name: 'pixels.tiff', make: () => tiff(1, 100_000, 100_000) },
  { name: '100000-frames.tiff', make: () => tiff(100_000, 10, 10) },
  { name: 'frames-in-a-circle.tiff', isSlow: true, make: () => tiff(2, 10, 10, true) },
  { name: 'short-frame.tiff', make: () => tiff(1, 5000, 5000) },
];

const others: Bomb[] = [
  { name: 'empty.pdf', make: () => Buffer.alloc(0) },
  { name: 'header-only.pdf', make: () => Buffer.from('%PDF-1.7\n') },
  {
    name: 'polyglot.pdf',
    make: () =>
      Buffer.concat([
        onePage(stream(textLine('A page of a file that is an archive as well'))),
        docx(paragraph('Hello')),
      ]),
  },
  {
    name: 'html-named.pdf',
    make: () => Buffer.from('<!DOCTYPE html><html><body><p>Hello from a page</p></body></html>'),
  },
  {
    name: 'program.docx',
    make: () => Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1'), Buffer.alloc(2000)]),
  },
  { name: 'just-an-archive.docx', make: () => zip([{ name: 'a.txt', content: 'hello' }]) },
];

export const bombs: readonly Bomb[] = [
  ...archives,
  ...office,
  ...containers,
  ...markup,
  ...sheets,
  ...documents,
  ...images,
  ...others,
];

function deepMail(depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
  );
  return `From: a@example.com\r\nTo: b@example.com\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n${open.join('')}Content-Type: text/plain\r\n\r\nHello\r\n`;
}

function rows(count: number): string {
  const parts: string[] = [];
  for (let row = 1; row <= count; row++) parts.push(`<row r="${row}"><c r="A${row}"><v>${row}</v></c></row>`);
  return parts.join('');
}

/** A form that draws itself. */
function endlessForm(): Buffer {
  const form = stream(
    '/Fm0 Do /Fm0 Do',
    1,
    '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Fm0 6 0 R>>>>',
  );
  return onePage(stream('/Fm0 Do'), { resources: '/XObject<</Fm0 6 0 R>>', more: [form] });
}

function hugeImage(width: number, height: number, times = 1): Buffer {
  const about = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceGray`;
  const image = stream(Buffer.alloc(width * height, 255), 1, about);
  const uses = Array.from({ length: times }, (_, n) => `/Im${n} 6 0 R`).join(' ');
  const draws = Array.from({ length: times }, (_, n) => `q 500 0 0 500 0 0 cm /Im${n} Do Q`).join('\n');
  return onePage(stream(draws), { resources: `/XObject<<${uses}>>`, more: [image] });
}
