import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readContent } from '#tests/support/read-file.ts';

const textsOf = async (body: string) =>
  (await readContent('rtf', Buffer.from(`{\\rtf1\\ansi\\ansicpg1252${body}}`, 'latin1'))).map(({ text }) => text);

it('paragraphs, lines, quotes and page breaks are read', async () => {
  expect(await textsOf('\\pard Order \\ldblquote A\\rdblquote\\line Two\\par\nThr\nee\\page Next\\par')).toEqual([
    'Order “A”\nTwo\nThree',
    'Next',
  ]);
});

it('letters are read in the code page of the file and of their font', async () => {
  const fonts = '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 MS;}}';
  expect(await textsOf(`${fonts}\\f0 Gr\\'f6\\'dfe \\f1\\'c8\\'e2\\'e0\\'ed \\f2\\'93\\'fa\\'96\\'7b\\par`)).toEqual([
    'Größe Иван 日本',
  ]);
});

it('what is no text of the document, hidden or deleted is left out', async () => {
  const parts =
    '{\\colortbl;\\red0;}{\\stylesheet{\\s1 Heading;}}{\\info{\\title No}}{\\*\\generator No;}{\\pict\\bin4 {{{{}{\\v hidden}{\\deleted gone}' +
    '{\\field{\\*\\fldinst HYPERLINK "http://no"}{\\fldrslt shown}}';
  expect(await textsOf(`${parts} and this\\par`)).toEqual(['shown and this']);
});

it('a table has its columns, also where cells go over several columns or rows', async () => {
  const row = (defined: string, ...cells: string[]) =>
    `\\trowd${defined}\\pard\\intbl ${cells.join('\\cell ')}\\cell\\row`;
  const table = [
    row('\\cellx1000\\cellx2000\\cellx3000', 'Item', 'Quantity', 'Price'),
    row('\\cellx2000\\cellx3000', 'Shipping', '9,90'),
    row('\\clvmgf\\cellx1000\\cellx2000\\cellx3000', 'Chair', '1', '50,00'),
    row('\\clvmrg\\cellx1000\\cellx2000\\cellx3000', '', '3', '150,00'),
    row('\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000', 'Sum', '', '209,90'),
  ];
  expect(await textsOf(`\\pard Order\\par${table.join('')}\\pard Total\\par`)).toEqual([
    'Order\nItem\tQuantity\tPrice\nShipping\t\t9,90\nChair\t1\t50,00\nChair\t3\t150,00\nSum\t\t209,90\nTotal',
  ]);
});

it('headers come before the text and footers behind it', async () => {
  expect(await textsOf('{\\header\\pard The header\\par}{\\footer\\pard The footer\\par}\\pard Body\\par')).toEqual([
    'The header\nBody\nThe footer',
  ]);
});

it('whatever is written as Unicode is read again, whatever stands in for it', async () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => /^[\p{L}\p{N}\p{Sc}]+$/u.test(text));
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('?', "\\'3f", ''),
      async (words, standIn) => {
        const units = [...words.join(' ')].flatMap((sign) =>
          Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at)),
        );
        const written = units
          .map((unit) => (unit === 0x20 ? ' ' : `\\u${unit > 32767 ? unit - 65536 : unit} ${standIn}`))
          .join('');
        expect(await textsOf(`\\uc${standIn === '' ? 0 : 1}\\pard ${written}\\par`)).toEqual([words.join(' ')]);
      },
    ),
    { numRuns: 60 },
  );
});

it('any bytes end in a page or a plain failure', async () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '\\',
    '\\u',
    "\\'",
    '\\bin9 ',
    '\\cell',
    '\\row',
    '\\trowd',
    '\\cellx',
    'x',
    '\\*',
    '\\fonttbl',
    '\n',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const read = await textsOf(pieces.join('')).catch((error: unknown) => error);
      expect(Array.isArray(read) || read).toSatisfy(
        (seen: unknown) => seen === true || (seen instanceof Error && 'reason' in seen),
      );
    }),
    { numRuns: 100 },
  );
});
