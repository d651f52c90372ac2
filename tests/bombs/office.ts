import XLSX from '@e965/xlsx';
import { openDocument, presentation } from '#tests/support/office.ts';
import { zip } from './zip.ts';

const mega = 1024 * 1024;

/** Texts, slides and old Word files made to hurt. */
export const office = [
  {
    name: 'deep-lists.odt',
    make: () => Buffer.from(openDocument('text', '<text:list><text:list-item>'.repeat(50_000))),
  },
  {
    name: 'repeated-cells.odt',
    make: () => {
      const cell = '<table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p></table:table-cell>';
      const row = `<table:table-row table:number-rows-repeated="9999999">${cell}</table:table-row>`;
      return Buffer.from(openDocument('text', `<table:table>${row}</table:table>`));
    },
  },
  {
    name: 'zeros.odt',
    make: () =>
      zip([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: Buffer.alloc(200 * mega) },
      ]),
  },
  { name: 'many-slides.pptx', make: () => Buffer.from(presentation(Array.from({ length: 3000 }, () => '<p:sld/>'))) },
  { name: 'open-groups.rtf', make: () => Buffer.from(`{\\rtf1 Hello ${'{'.repeat(5 * mega)}`) },
  {
    name: 'wide-rows.rtf',
    make: () =>
      Buffer.from(`{\\rtf1 ${`\\trowd${'\\cellx1'.repeat(2000)}${'a\\cell'.repeat(2000)}\\row`.repeat(200)}}`),
  },
  { name: 'endless-binary.rtf', make: () => Buffer.from('{\\rtf1 Hello\\par{\\pict\\bin2147483647 x') },
  { name: 'junk.doc', make: () => Buffer.from(XLSX.CFB.write(junkDoc(), { type: 'buffer' }) as Buffer) },
];

/** An old Word file whose text is anything but. */
function junkDoc() {
  const file = XLSX.CFB.utils.cfb_new();
  XLSX.CFB.utils.cfb_add(file, '/WordDocument', Buffer.alloc(100_000, 0xff));
  XLSX.CFB.utils.cfb_add(file, '/1Table', Buffer.alloc(100_000, 0x7f));
  return file;
}
