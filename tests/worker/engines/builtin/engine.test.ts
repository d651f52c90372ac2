import { expect, test } from 'vitest';
import { printPage, read } from './support/page.ts';

const date = { type: 'string', format: 'date' };
const number = { type: 'number' };
const invoice = {
  invoice_number: { type: 'string', 'x-aliases': ['Invoice No', 'Rechnungsnummer'] },
  issue_date: { ...date, 'x-aliases': ['Invoice date', 'Rechnungsdatum'] },
  grand_total: { ...number, 'x-aliases': ['Total due', 'Gesamtbetrag'] },
};
const payments = {
  type: 'array',
  items: { type: 'object', properties: { Date: date, Amount: number, Balance: number } },
};

test('values stand behind their labels on the same line', () => {
  const page = printPage([
    [[5, 'Invoice No: INV-2041']],
    [[5, 'Invoice date: 03/14/2025']],
    [],
    [
      [5, 'Total due'],
      [60, '1,284.50'],
    ],
  ]);
  expect(read(invoice, page).values).toEqual({
    invoice_number: 'INV-2041',
    issue_date: '03/14/2025',
    grand_total: '1,284.50',
  });
});

test('values stand below the labels that head them', () => {
  const page = printPage([
    [
      [5, 'Invoice No'],
      [40, 'Invoice date'],
    ],
    [
      [5, 'INV-2041'],
      [40, '03/14/2025'],
    ],
  ]);
  expect(read(invoice, page).values).toMatchObject({ invoice_number: 'INV-2041', issue_date: '03/14/2025' });
});

test('aliases find the same fields in another language and its way of writing', () => {
  const page = printPage([
    [[5, 'Rechnungsnummer: R-778']],
    [[5, 'Rechnungsdatum: 14.03.2025']],
    [],
    [
      [5, 'Gesamtbetrag'],
      [60, '1.284,50'],
    ],
  ]);
  expect(read(invoice, page, 'de-DE').values).toEqual({
    invoice_number: 'R-778',
    issue_date: '14.03.2025',
    grand_total: '1.284,50',
  });
});

test('a label that OCR misspelt is still the label', () => {
  const page = printPage([[[5, 'Involce date: 03/14/2025']]], 'ocr');
  expect(read(invoice, page).values).toMatchObject({ issue_date: '03/14/2025' });
});

test('the date of something else is not the date of the document', () => {
  const dated = { issue_date: { ...date, 'x-aliases': ['Invoice date', 'Date'] } };
  const lines = (thing: string) => printPage([[[5, 'Springfield, 2025-03-14']], [[5, `Date of ${thing} 2025-03-02`]]]);
  expect(read(dated, lines('delivery')).values).toEqual({ issue_date: '2025-03-14' });
  expect(read(dated, lines('issue')).values).toEqual({ issue_date: '2025-03-02' });
});

test('a page that says nothing of a field gives nothing for it', () => {
  const page = printPage([[[5, 'The weather was fine that spring and nobody was in a hurry.']]]);
  expect(read(invoice, page).values).toEqual({});
});

test('a table is read row by row until its sum', () => {
  const page = printPage([
    [
      [5, 'Date'],
      [30, 'Amount'],
      [60, 'Balance'],
    ],
    [
      [5, '01/05/2025'],
      [30, '100.00'],
      [60, '900.00'],
    ],
    [
      [5, '02/05/2025'],
      [30, '150.00'],
      [60, '750.00'],
    ],
    [
      [5, 'Total'],
      [30, '250.00'],
    ],
  ]);
  const { values, rowsSeen } = read({ Payments: payments }, page);
  expect(values).toEqual({
    'Payments.0.Date': '01/05/2025',
    'Payments.0.Amount': '100.00',
    'Payments.0.Balance': '900.00',
    'Payments.1.Date': '02/05/2025',
    'Payments.1.Amount': '150.00',
    'Payments.1.Balance': '750.00',
  });
  expect(rowsSeen).toEqual([{ path: ['Payments'], rows: 2 }]);
});

test('a table that goes on without its header is told by the shape of its rows', () => {
  const page = printPage(
    ['03', '04', '05'].map((month) => [
      [5, `${month}/05/2025`],
      [30, '100.00'],
      [60, '650.00'],
    ]),
  );
  expect(read({ Payments: payments }, page).rowsSeen).toEqual([{ path: ['Payments'], rows: 3 }]);
});

test('several names behind one label are several items', () => {
  const holders = { type: 'array', items: { type: 'string' } };
  const page = printPage([[[5, 'Account Holders: Maria Alvarez, Juan Alvarez and Ana Ruiz']]]);
  expect(read({ Account_Holders: holders }, page).values).toEqual({
    'Account_Holders.0': 'Maria Alvarez',
    'Account_Holders.1': 'Juan Alvarez',
    'Account_Holders.2': 'Ana Ruiz',
  });
});

test('each value names the words of the page that spell it', () => {
  const page = printPage([
    [[5, 'Invoice No: INV-2041']],
    [
      [5, 'Total due'],
      [60, '1,284.50'],
    ],
  ]);
  const { leaves } = read(invoice, page);
  expect(leaves).toHaveLength(2);
  for (const { quote, words } of leaves) {
    expect(words?.map((index) => page.words[index]?.text).join(' ')).toBe(quote);
  }
});

test('the same page is read the same way every time', () => {
  const page = printPage([[[5, 'Invoice No: INV-2041']], [[5, 'Invoice date: 03/14/2025']]]);
  expect(read(invoice, page)).toEqual(read(invoice, page));
});

test('a row of dots leads to a name as a colon does', () => {
  const page = printPage([[[5, 'Borrower ........ Aisha Smith']], [[5, 'Loan # ........ LN-2533']]]);
  const holders = { Holders: { type: 'array', items: { type: 'string' }, 'x-aliases': ['Borrower'] } };
  expect(read(holders, page).values).toEqual({ 'Holders.0': 'Aisha Smith' });
});

test('a sentence across the columns of figures is no row', () => {
  const page = printPage([
    [
      [5, 'Date'],
      [30, 'Amount'],
      [55, 'Balance'],
    ],
    [
      [5, '01/15/2024'],
      [30, '$192.00'],
      [55, '$900.00'],
    ],
    [
      [5, '02/11/2024'],
      [20, 'Transfer to another loan'],
      [60, '$250.00'],
    ],
    [
      [5, '02/15/2024'],
      [30, '$100.00'],
      [55, '$800.00'],
    ],
  ]);
  const { values } = read({ Payments: payments }, page);
  expect(values).toMatchObject({ 'Payments.0.Amount': '$192.00', 'Payments.1.Amount': '$100.00' });
  expect(Object.keys(values)).toHaveLength(6);
});

test('figures of two narrow columns are not read as one number', () => {
  const page = printPage([
    [
      [5, 'Total due'],
      [40, '42'],
      [44, '988.92'],
    ],
  ]);
  expect(read(invoice, page, 'fr-FR').values).toEqual({ grand_total: '988.92' });
});

test('of the choices the one that the page says is read, with its sign', () => {
  const fields = {
    Rating: { type: 'string', enum: ['A', 'A+', 'A-'] },
    Result: { type: 'string', enum: ['50', '<50', '>50'] },
    Language: { type: 'string', enum: ['C', 'C++', 'C#'] },
  };
  const page = printPage([[[5, 'Rating: A-']], [[5, 'Result: > 50']], [[5, 'Language: C#']]]);
  expect(read(fields, page).values).toEqual({ Rating: 'A-', Result: '> 50', Language: 'C#' });
});

test('a free text keeps the minus and the point that it begins with', () => {
  const text = { type: 'string' };
  const page = printPage([[[5, 'Change: -5 %']], [[5, 'Dose: .5 mg']], [[5, 'Remark: - none']]]);
  const { values } = read({ Change: text, Dose: text, Remark: text }, page);
  expect(values).toEqual({ Change: '-5 %', Dose: '.5 mg', Remark: 'none' });
});
