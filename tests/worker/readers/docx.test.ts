import { describe, expect, it } from 'vitest';
import { docx, paragraph } from '#tests/support/docx.ts';
import { misplaced, readContent } from '#tests/support/read-file.ts';

const read = async (...given: Parameters<typeof docx>) => readContent('docx', docx(...given));
const texts = async (...given: Parameters<typeof docx>) => (await read(...given)).map((page) => page.text);
const section = (type: string) => `<w:pPr><w:sectPr><w:type w:val="${type}"/></w:sectPr></w:pPr>`;
const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;

describe('a Word document', () => {
  it('breaks where its writer set a break, where Word last showed one, and behind sections', async () => {
    const hard = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    const soft = '<w:p><w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r></w:p>';
    const body =
      paragraph('one') +
      hard +
      paragraph('two') +
      soft +
      paragraph('end of three', section('nextPage')) +
      paragraph('four');
    expect(await texts(body)).toEqual(['one', 'two', 'three\nend of three', 'four']);
  });

  it('leaves out what is hidden or struck out, with the text boxes in it', async () => {
    const run = (mark: string, text: string) =>
      `<w:r><w:rPr>${mark}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const box = '<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:pict></w:r>';
    const runs = [
      run('', 'Total '),
      run('<w:vanish/>', 'secret '),
      run('<w:b/><w:dstrike/>', '99.00 '),
      run('<w:vanish w:val="0"/>', '89.00'),
      box,
    ];
    expect(await texts(`<w:p>${runs.join('')}</w:p>`)).toEqual(['Total 89.00']);
  });

  it('does not break where a section goes on the same page, nor twice at one place', async () => {
    const twice =
      '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>';
    expect(await texts(paragraph('one', section('continuous')) + paragraph('still one') + twice)).toEqual([
      'one\nstill one',
      'two',
    ]);
  });

  it('keeps the rows of a table together, also over a page break inside', async () => {
    const row = `<w:tr>${cell('Chair')}<w:tc><w:p><w:r><w:lastRenderedPageBreak/><w:t>10.00</w:t></w:r></w:p></w:tc></w:tr>`;
    const [page] = await read(`<w:tbl><w:tr>${cell('Item')}${cell('Price')}</w:tr>${row}</w:tbl>`);
    expect(page?.text).toBe('Item\tPrice\nChair\t10.00');
    expect(page && misplaced(page)).toEqual([]);
  });

  it('has its header and footer on every page, the first page its own', async () => {
    const references = [
      '<w:headerReference w:type="default" r:id="rId1"/>',
      '<w:footerReference w:type="default" r:id="rId2"/>',
      '<w:headerReference w:type="first" r:id="rId3"/>',
    ];
    const body = `${paragraph('one')}<w:p><w:r><w:br w:type="page"/></w:r></w:p>${paragraph('two')}<w:sectPr>${references.join('')}<w:titlePg/></w:sectPr>`;
    const header = (text: string) => ({ kind: 'header', xml: `<w:hdr NAMESPACES>${paragraph(text)}</w:hdr>` });
    const pages = await texts(body, {
      'header1.xml': header('Account 4471-3'),
      'footer1.xml': { kind: 'footer', xml: `<w:ftr NAMESPACES>${paragraph('Harbor Bank')}</w:ftr>` },
      'header2.xml': header('Cover of 4471-3'),
    });
    expect(pages).toEqual(['Cover of 4471-3\none', 'Account 4471-3\ntwo\nHarbor Bank']);
  });

  it('is read with the text of its text boxes', async () => {
    const box = `<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph('Paid in full')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`;
    expect((await texts(paragraph('Invoice 7') + box)).join('\n')).toContain('Paid in full');
  });

  it('without any break makes pages of about 3,000 characters', async () => {
    const body = Array.from({ length: 100 }, (_, index) =>
      paragraph(`Line ${index} ${'of many words '.repeat(5)}`),
    ).join('');
    const pages = await texts(body);
    expect(pages.length).toBe(3);
    expect(pages.join('\n')).toContain('Line 99 of');
  });

  it('that is damaged is told so', async () => {
    await expect(readContent('docx', docx('<w:p>').subarray(0, 300))).rejects.toMatchObject({ reason: 'corrupt_file' });
  });
});
