import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readContent } from '#tests/support/read-file.ts';
import type { FileType } from '#lib/core/file-types.ts';
import { archive, openDocument, openTable, presentation, shape } from '#tests/support/office.ts';

const textsOf = async (type: FileType, content: Uint8Array | string) =>
  (await readContent(type, content)).map(({ text }) => text);
const grid = 'Item\tQuantity\tPrice\nShipping\t\t9,90\nChair\t1\t50,00\nChair\t3\t150,00';

describe('an OpenDocument text', () => {
  it('has its paragraphs, lists and tables with merged cells', async () => {
    const list = '<text:list><text:list-item><text:p>First &amp; last</text:p></text:list-item></text:list>';
    const [text] = await textsOf('odt', openDocument('text', `<text:h>Order</text:h>${openTable}${list}`));
    expect(text).toBe(`Order\n${grid}\nFirst & last`);
  });

  it('leaves out what was deleted or is hidden, and comments', async () => {
    const styles =
      '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>' +
      '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/></style:style>';
    const body =
      '<text:tracked-changes><text:changed-region><text:p>deleted</text:p></text:changed-region></text:tracked-changes>' +
      '<text:p>Total<text:s text:c="2"/>9<office:annotation><text:p>comment</text:p></office:annotation>' +
      '<text:span text:style-name="H">hidden</text:span></text:p><text:p text:style-name="B">Next page</text:p>';
    expect(await textsOf('odt', openDocument('text', body, { styles }))).toEqual(['Total 9', 'Next page']);
  });

  it('has its header and footer on each page', async () => {
    const frame = (name: string) => `<style:${name}><text:p>the ${name}</text:p></style:${name}>`;
    const styles = `<office:document-styles><office:master-styles><style:master-page>${frame('header')}${frame('footer')}</style:master-page></office:master-styles></office:document-styles>`;
    const file = openDocument('text', '<text:p>One</text:p><text:soft-page-break/><text:p>Two</text:p>', {
      'styles.xml': styles,
    });
    expect(await textsOf('odt', file)).toEqual(['the header\nOne\nthe footer', 'the header\nTwo\nthe footer']);
  });

  it('that is protected says so', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    const file = openDocument('text', '<text:p>x</text:p>', { 'META-INF/manifest.xml': manifest });
    await expect(readContent('odt', file)).rejects.toMatchObject({ reason: 'encrypted_file' });
  });
});

describe('slides', () => {
  it('of OpenDocument are a page each, from top to bottom', async () => {
    const frame = (text: string, y: string) =>
      `<draw:frame svg:y="${y}"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
    const slide = `<draw:page>${frame('below', '9cm')}${frame('above', '1cm')}</draw:page>`;
    const file = openDocument('presentation', `${slide}<draw:page>${openTable}</draw:page>`);
    expect(await textsOf('odp', file)).toEqual(['above\nbelow', grid]);
  });

  it('of PowerPoint come in the order in which they are shown, with tables, diagrams and notes', async () => {
    const cells = (...texts: string[]) => `<a:tr>${texts.join('')}</a:tr>`;
    const tc = (text: string, more = '') =>
      `<a:tc${more}><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
    const table = `<p:graphicFrame><p:xfrm><a:off x="0" y="500"/></p:xfrm><a:tbl>${
      cells(tc('Item'), tc('Quantity'), tc('Price')) +
      cells(tc('Shipping', ' gridSpan="2"'), tc('', ' hMerge="1"'), tc('9,90')) +
      cells(tc('Chair', ' rowSpan="2"'), tc('1'), tc('50,00')) +
      cells(tc('', ' vMerge="1"'), tc('3'), tc('150,00'))
    }</a:tbl></p:graphicFrame>`;
    const number =
      '<p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><p:txBody><a:p><a:fld><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>';
    const file = presentation(
      [`<p:sld show="0">${shape('Hidden', 0)}</p:sld>`, `<p:sld>${table}${shape('Order', 100)}${number}</p:sld>`],
      {
        'ppt/slides/_rels/slide2.xml.rels':
          '<Relationships><Relationship Id="n" Type="x/notesSlide" Target="../notesSlides/n.xml"/><Relationship Id="d" Type="x/diagramData" Target="/ppt/diagrams/d.xml"/></Relationships>',
        'ppt/notesSlides/n.xml': `<p:notes>${shape('A note', 0)}</p:notes>`,
        'ppt/diagrams/d.xml': '<dgm:dataModel><a:p><a:r><a:t>A step</a:t></a:r></a:p></dgm:dataModel>',
      },
    );
    const [first, second] = await readContent('pptx', file);
    expect(first?.text).toBe(`Order\n${grid}\nA step\nA note`);
    expect(first?.notices).toEqual(['Read though hidden in the presentation: slide 2.']);
    expect(second?.text).toBe('Hidden');
  });
});

describe('an EPUB book', () => {
  const parts = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf':
      '<package><manifest><item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    'OEBPS/one.xhtml': '<html><body><h1>One</h1><p>Größe</p></body></html>',
    'OEBPS/two b.xhtml': '<html><body><p>Two</p></body></html>',
  };

  it('has its chapters in order, each from a new page', async () => {
    expect(await textsOf('epub', archive(parts))).toEqual(['One\nGröße', 'Two']);
  });

  it('that is protected against copying says so, but not for its fonts', async () => {
    const lockedBy = (algorithm: string) =>
      archive({
        ...parts,
        'META-INF/encryption.xml': `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`,
      });
    await expect(readContent('epub', lockedBy('http://www.w3.org/2001/04/xmlenc#aes128-cbc'))).rejects.toMatchObject({
      reason: 'encrypted_file',
    });
    expect(await textsOf('epub', lockedBy('http://www.idpf.org/2008/embedding'))).toHaveLength(2);
  });
});

describe('an old Word document', () => {
  it('has its text, its tables, and a row with merged cells in one cell rather than in wrong columns', async () => {
    const [page] = await readContent('doc', await readFile(new URL('order.doc', import.meta.url)));
    expect(page?.text).toContain('Order number: PO-4711');
    expect(page?.text).toContain('Item\tQuantity\tPrice\nDesk\t2\t199,00\nShipping 9,90');
    expect(page?.text).toContain('Total: 1.234,50 €');
  });

  it('that is cut off is damaged', async () => {
    const whole = await readFile(new URL('order.doc', import.meta.url));
    await expect(readContent('doc', whole.subarray(0, 2000))).rejects.toMatchObject({ reason: 'corrupt_file' });
  });
});
