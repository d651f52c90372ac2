import { strToU8, zipSync } from 'fflate';

const table = (rows: string) => `<table:table>${rows}</table:table>`;
const cell = (text: string, more = '') => `<table:table-cell${more}><text:p>${text}</text:p></table:table-cell>`;
const covered = '<table:covered-table-cell/>';
const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;

/** A table as OpenDocument writes it, with a cell over two columns and one over two rows. */
export const openTable = table(
  row(cell('Item'), cell('Quantity'), cell('Price')) +
    row(cell('Shipping', ' table:number-columns-spanned="2"'), covered, cell('9,90')) +
    row(cell('Chair', ' table:number-rows-spanned="2"'), cell('1'), cell('50,00')) +
    row(covered, cell('3'), cell('150,00')),
);

/** An OpenDocument file of a kind with this body; `styles`: of its content. */
export function openDocument(
  kind: 'text' | 'presentation',
  body: string,
  more: Record<string, string> = {},
): Uint8Array {
  const { styles = '', ...parts } = more;
  const content = `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`;
  return archive({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': content, ...parts });
}

/** A presentation of slides, each the XML of its shapes. */
export function presentation(slides: readonly string[], more: Record<string, string> = {}): Uint8Array {
  const relation = (number: number) =>
    `<Relationship Id="r${number}" Type="x/slide" Target="slides/slide${number}.xml"/>`;
  const numbers = slides.map((_, index) => index + 1);
  // In the archive they are in another order than they are shown.
  const listed = numbers.toReversed().map((number) => `<p:sldId r:id="r${number}"/>`);
  return archive({
    'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${listed.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': `<Relationships>${numbers.map(relation).join('')}</Relationships>`,
    ...Object.fromEntries(slides.map((xml, index) => [`ppt/slides/slide${index + 1}.xml`, xml])),
    ...more,
  });
}

/** A shape of a slide with text, so far from its top. */
export function shape(text: string, y: number): string {
  return `<p:sp><p:spPr><a:xfrm><a:off x="0" y="${y}"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

export function archive(parts: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), { level: 0 });
}
