import { strToU8, zipSync } from 'fflate';

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const paragraph = (text: string, more = '') =>
  `<w:p>${more}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** A Word document with this body. `parts` are further parts by file name, such as `header1.xml`, each with its kind. */
export function docx(body: string, parts: Record<string, { kind: string; xml: string }> = {}): Buffer {
  const files = Object.entries(parts);
  const relations = files.map(
    ([name, { kind }], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${name}"/>`,
  );
  const overrides = files.map(
    ([name, { kind }]) => `<Override PartName="/word/${name}" ContentType="${word}.${kind}+xml"/>`,
  );
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/>${overrides.join('')}</Types>`,
      ),
      '_rels/.rels': strToU8(
        `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
      ),
      'word/_rels/document.xml.rels': strToU8(
        `<Relationships xmlns="${packageRelations}">${relations.join('')}</Relationships>`,
      ),
      'word/document.xml': strToU8(`<w:document ${namespaces}><w:body>${body}</w:body></w:document>`),
      ...Object.fromEntries(
        files.map(([name, { xml }]) => [`word/${name}`, strToU8(xml.replace('NAMESPACES', namespaces))]),
      ),
    }),
  );
}
