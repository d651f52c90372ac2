import { read } from '@e965/xlsx';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvExport } from '#lib/core/export/csv-zip.ts';
import { utf8 } from '#lib/core/export/gather.ts';
import type { ExportedSession } from '#lib/core/export/input.ts';
import { jsonExport } from '#lib/core/export/json.ts';
import { xlsxExport } from '#lib/core/export/xlsx/workbook.ts';
import {
  bytesOf,
  each,
  valueOf,
  manifestOf,
  memorySpool,
  readCsv,
  readSheets,
  records,
  schemaOf,
  sessionOf,
  unzip,
} from '#tests/support/export.ts';
import { nastyTexts } from '#tests/support/nasty-text.ts';

const texts = nastyTexts(10_000, 42);
const schema = schemaOf('Nasty', {
  First: { type: 'string' },
  Lines: { type: 'array', items: { type: 'object', properties: { Text: { type: 'string' } } } },
  Names: { type: 'array', items: { type: 'string' } },
});
/** Each text as a cell of a list, the first of every hundred as a scalar, and all hundred as one cell of names. */
const session: ExportedSession = sessionOf(
  schema,
  Array.from({ length: texts.length / 100 }, (_, account) => {
    const own = texts.slice(account * 100, account * 100 + 100);
    const short = own.filter((text) => text.length < 300);
    return [
      valueOf('First', own[0] ?? null),
      ...own.map((text, row) => valueOf(`Lines[${row}].Text`, text)),
      ...short.map((text, index) => valueOf(`Names[${index}]`, text)),
    ];
  }),
  { name: '=cmd|"/c calc"!A1.pdf' },
);
const firsts = texts.filter((_, index) => index % 100 === 0);

describe('10,000 nasty texts', () => {
  it('come back from JSON as they were', async () => {
    const made = await bytesOf(utf8(jsonExport(each([session]), manifestOf('json'), { isFull: false })));
    const { sessions } = JSON.parse(made.toString('utf8'));
    const { accounts } = sessions[0];
    expect(
      accounts.flatMap((account: { data: { Lines: { Text: string }[] } }) =>
        account.data.Lines.map(({ Text }) => Text),
      ),
    ).toEqual(texts);
    expect(accounts.map((account: { data: { First: string } }) => account.data.First)).toEqual(firsts);
  });

  describe('in CSV', () => {
    let files: Record<string, Buffer>;
    beforeAll(async () => {
      files = unzip(await bytesOf(csvExport(each([session]), [schema], manifestOf('csv'), memorySpool)));
    });

    it('come back as they were, but for halves of characters, which UTF-8 cannot say', () => {
      const lines = records(readCsv(files['nasty-lines.csv'] ?? Buffer.of()));
      expect(lines.map((line) => line['Lines.Text'])).toEqual(texts.map((text) => text.toWellFormed()));
      const accounts = records(readCsv(files['nasty.csv'] ?? Buffer.of()));
      expect(accounts.map((account) => account.First)).toEqual(firsts.map((text) => text.toWellFormed()));
    });

    it('come back from a cell that holds a list', () => {
      const cells = records(readCsv(files['nasty.csv'] ?? Buffer.of())).map((account) => account.Names ?? '');
      const names = cells.flatMap((cell): string[] => (cell.startsWith('[') ? JSON.parse(cell) : cell.split('; ')));
      expect(names).toEqual(texts.filter((text) => text.length < 300));
    });

    it('are no formula, nor is anything else', () => {
      for (const [name, content] of Object.entries(files)) {
        if (!name.endsWith('.csv')) continue;
        const { data } = Papa.parse<string[]>(content.toString('utf8'), { newline: '\r\n', delimiter: ',' });
        const bad = data
          .flat()
          .filter((field) => /^[=+\-@\t\r\n＝＋－＠]/.test(field.replace(/^[\s\p{C}]+(?=[=+\-@＝＋－＠])/u, '')));
        expect(bad).toEqual([]);
      }
    });
  });

  describe('in Excel', () => {
    let workbook: Buffer;
    beforeAll(async () => {
      workbook = await bytesOf(await xlsxExport(each([session]), [schema], manifestOf('xlsx'), memorySpool));
    });

    it('come back as they were, but for the end of those that a cell does not hold, which are told', async () => {
      const sheets = await readSheets(workbook);
      const lines = records(sheets.get('Lines') ?? []);
      const held = texts.map((text) =>
        text.length > 32_767 ? `${text.slice(0, 32_766).replace(/[\ud800-\udbff]$/, '')}…` : text,
      );
      expect(lines.map((line) => line.Text)).toEqual(held);
      const cut = records(sheets.get('Problems') ?? []).filter((row) => row.Problem === 'Text cut');
      expect(cut).toHaveLength(texts.filter((text) => text.length > 32_767).length);
    });

    it('are texts for another reader as well, and no cell is a formula', () => {
      const { Sheets } = read(workbook, { dense: false, cellFormula: true, cellText: false });
      for (const sheet of Object.values(Sheets)) {
        for (const [place, cell] of Object.entries(sheet)) {
          if (!place.startsWith('!')) expect(cell.f).toBeUndefined();
        }
      }
      const texts = Object.entries(Sheets.Lines ?? {}).filter(([place]) => /^F\d+$/.test(place));
      expect(new Set(texts.map(([, cell]) => cell.t))).toEqual(new Set(['s']));
      const parts = Object.entries(unzip(workbook)).filter(([name]) => name.startsWith('xl/worksheets/'));
      for (const [, xml] of parts) expect(xml.toString('utf8')).not.toMatch(/<f[ >/]|t="str"/);
    });
  });
});
