import { expect, it } from 'vitest';
import { pdf, stream } from '#tests/bombs/pdf.ts';
import { misplaced, readContent } from '#tests/support/read-file.ts';

const template = `<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="form1" layout="tb" locale="en_US"><pageSet><pageArea name="P1"><contentArea x="10mm" y="10mm" w="190mm" h="270mm"/><medium stock="a4" short="210mm" long="297mm"/></pageArea></pageSet><subform w="190mm" layout="tb"><draw w="100mm" h="9mm"><value><text>Loan application</text></value></draw><field name="Applicant" w="120mm" h="9mm"><ui><textEdit/></ui><caption reserve="30mm"><value><text>Applicant</text></value></caption></field></subform></subform></template>`;
const data =
  '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1><Applicant>Ann Roe</Applicant></form1></xfa:data></xfa:datasets>';
const form = `<?xml version="1.0"?><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">${template}${data}</xdp:xdp>`;

it('a form that keeps its content apart from its pages is read, and says that they do not show it', async () => {
  const content = pdf([
    '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA 5 0 R>>/NeedsRendering true>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>>>>>',
    stream('BT /F1 12 Tf 72 700 Td (Please wait... your viewer cannot display this form) Tj ET'),
    stream(form),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
  const [page, ...others] = await readContent('pdf', content);
  expect(others).toEqual([]);
  expect(page?.text).toBe('Loan application\nApplicant: Ann Roe');
  expect(page?.notices).toEqual([expect.stringContaining('the pages do not show it')]);
  expect(page && misplaced(page)).toEqual([]);
});
