import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  content: Buffer | string;
  /** The inflated size to claim, when it shall be a lie. */
  claimed?: number;
}

/** Writes a ZIP archive, deflated, with whatever sizes are to be claimed. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const packed = deflateRawSync(content, { level: 6 });
    const name = Buffer.from(part.name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(part.claimed ?? content.length, 18);
    about.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), about, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), about, place, name]));
    files.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, entries, end]);
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageTypes = 'http://schemas.openxmlformats.org/package/2006/content-types';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';

function relation(target: string, type: string): string {
  return `<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
}

function contentTypes(part: string, type: string): string {
  return (
    `<Types xmlns="${packageTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/></Types>`
  );
}

const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A Word file around the XML of its body. `before` stands ahead of the document's root, where a DOCTYPE would. */
export function docx(body: string, { before = '', more = [] }: { before?: string; more?: ZipPart[] } = {}): Buffer {
  return zip([
    { name: '[Content_Types].xml', content: contentTypes('/word/document.xml', 'wordprocessingml.document.main') },
    { name: '_rels/.rels', content: relation('word/document.xml', 'officeDocument') },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0"?>${before}<w:document xmlns:w="${wordNamespace}"><w:body>${body}</w:body></w:document>`,
    },
    ...more,
  ]);
}

export function paragraph(text: string): string {
  return `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

const sheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** An Excel file around the XML of its only worksheet's rows. */
export function xlsx(
  rows: string,
  { before = '', dimension = 'A1', claimed }: { before?: string; dimension?: string; claimed?: number } = {},
): Buffer {
  return zip([
    { name: '[Content_Types].xml', content: contentTypes('/xl/workbook.xml', 'spreadsheetml.sheet.main') },
    { name: '_rels/.rels', content: relation('xl/workbook.xml', 'officeDocument') },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${sheetNamespace}" xmlns:r="${office}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: relation('worksheets/sheet1.xml', 'worksheet') },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<?xml version="1.0"?>${before}<worksheet xmlns="${sheetNamespace}"><dimension ref="${dimension}"/><sheetData>${rows}</sheetData></worksheet>`,
      ...(claimed === undefined ? {} : { claimed }),
    },
  ]);
}

export function cell(ref: string, text: string): string {
  return `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
