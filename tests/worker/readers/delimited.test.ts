import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { detectDelimiter, isTable } from '#lib/files/delimiter.ts';
import { readContent } from '#tests/support/read-file.ts';

const textOf = async (content: string | Uint8Array) => (await readContent('csv', content))[0]?.text;

describe('a delimited text', () => {
  it('may have lines above its table', async () => {
    const content =
      'Account:;"DE02 1203 / Giro"\n\nFrom:;01.03.2025;\n"Day";"Text";"Sum";\n"03.03.2025";"Rent, March";"-85,00";\n';
    expect(await textOf(content)).toBe(
      'Account:\tDE02 1203 / Giro\nFrom:\t01.03.2025\nDay\tText\tSum\n03.03.2025\tRent, March\t-85,00',
    );
  });

  it('may name its delimiter in a line of its own, which is no row', async () => {
    expect(await textOf('sep=;\nItem;Price, net\nDesk;1\n')).toBe('Item\tPrice, net\nDesk\t1');
  });

  it('in UTF-16 needs no byte order mark', async () => {
    const little = Buffer.from('Name;Ort\nJörg;Köln\n', 'utf16le');
    expect(await textOf(little)).toBe('Name\tOrt\nJörg\tKöln');
    expect(await textOf(Buffer.from(little).swap16())).toBe('Name\tOrt\nJörg\tKöln');
  });

  it('in UTF-16 of another script needs none either', async () => {
    const little = Buffer.from('Имя;Город\nЮрий;Псков\nАнна;Тверь\n', 'utf16le');
    expect(await textOf(little)).toBe('Имя\tГород\nЮрий\tПсков\nАнна\tТверь');
    const chinese = Buffer.from('日期;摘要\n2025-03-05;一月份房租\n2025-04-05;二月份房租\n', 'utf16le').swap16();
    expect(await textOf(chinese)).toBe('日期\t摘要\n2025-03-05\t一月份房租\n2025-04-05\t二月份房租');
  });

  it('may end its lines as old Macs did, in their encoding', async () => {
    const encoded = Buffer.from('Ware;Preis\rSt\x9fhle f\x9fr K\x9fche;12,50\rGr\x9a\xa7e;3,00\r', 'latin1');
    expect(await textOf(encoded)).toBe('Ware\tPreis\nStühle für Küche\t12,50\nGröße\t3,00');
  });

  it('keeps the zeros of texts that are written as formulas', async () => {
    expect(await textOf('Card,Sum\n="0012",1\n="0013",2\n')).toBe('Card\tSum\n0012\t1\n0013\t2');
  });

  it('in a Central European encoding is told from a Western one by the words that this would break', async () => {
    const encoded = Buffer.from('Data;Opis\n2025-03-03;Za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9 ja\x9f\xf1\n', 'latin1');
    expect(await textOf(encoded)).toBe('Data\tOpis\n2025-03-03\tZażółć gęślą jaźń');
  });
});

const cell = fc.string({ unit: fc.constantFrom(...'ab1 ,;|"\t\n.'), maxLength: 8 });

it('the delimiter of a table is found, whatever its quoted cells hold', () => {
  const tables = fc
    .integer({ min: 2, max: 5 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 3, maxLength: 8 }),
    );
  fc.assert(
    fc.property(tables, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
      const text = Papa.unparse(rows, { delimiter, quotes: true });
      expect(detectDelimiter(text)).toBe(delimiter);
      expect(isTable(text, delimiter)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
