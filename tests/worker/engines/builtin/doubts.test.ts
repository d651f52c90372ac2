import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { readPage } from '#worker/engines/builtin/engine.ts';

/** A word or phrase: where it begins, as a share of the page, its line, and how large it is set. */
type Print = [x: number, y: number, text: string, height?: number];

function pageOf(prints: readonly Print[]): Page {
  const words = prints.flatMap(([x, y, text, height = 0.01]): Word[] => {
    let at = x;
    return text.split(' ').map((part) => {
      const width = part.length * height * 0.6;
      const word = { text: part, x: at, y, width, height, confidence: null };
      at += width + height * 0.35;
      return word;
    });
  });
  const text = prints.map(([, , part]) => part).join('\n');
  return { pageNum: 0, kind: 'pdf', source: 'text', width: 600, height: 800, title: null, words, text, layout: text };
}

/** Each value, with a `?` where a person should look at it. */
function read(properties: object, prints: readonly Print[]): Record<string, unknown> {
  const definition = parseDefinition({ type: 'object', properties }, { slug: 'x' });
  const { leaves } = readPage({ definition, page: pageOf(prints), accountNumber: null });
  return Object.fromEntries(
    leaves.map(({ path, value, fit }) => [pathText(path), `${String(value)}${fit && fit.score < 0.5 ? ' ?' : ''}`]),
  );
}

const text = { type: 'string' };
const number = { type: 'number' };

describe('a box of a form', () => {
  it('has its value below its caption, not in the caption of the next box', () => {
    const form: Print[] = [
      [0.05, 0.1, 'Customer name', 0.007],
      [0.4, 0.1, 'City and state', 0.007],
      [0.05, 0.11, 'Northwind Traders', 0.009],
      [0.4, 0.11, 'Salem OR', 0.009],
      [0.05, 0.14, 'Street', 0.007],
      [0.05, 0.15, 'Harbour Road', 0.009],
    ];
    expect(read({ Customer_Name: text }, form)).toEqual({ Customer_Name: 'Northwind Traders' });
  });

  it('has what is filled in below its caption, however long that is, and beside a sign', () => {
    const form: Print[] = [
      [0.05, 0.1, 'PAYER name, street address, city or town,', 0.007],
      [0.5, 0.1, '1 Interest income', 0.007],
      [0.7, 0.1, 'OMB No. 1545', 0.007],
      [0.05, 0.11, 'state, country and telephone no.', 0.007],
      [0.5, 0.12, '$', 0.012],
      [0.55, 0.12, '374.28', 0.009],
      [0.05, 0.125, 'First Harbour Bank', 0.009],
      [0.05, 0.137, '701 South Street', 0.009],
      [0.5, 0.14, '2 Penalty', 0.007],
    ];
    const fields = {
      Payer_Name: { ...text, 'x-aliases': ['PAYER name'] },
      Interest_Income: { ...number, 'x-aliases': ['Interest income'] },
      Penalty: number,
    };
    expect(read(fields, form)).toMatchObject({
      Payer_Name: expect.stringMatching(/^First Harbour Bank/),
      Interest_Income: expect.stringContaining('374.28'),
    });
  });

  it('is none where labels and values stand beside each other in even lines', () => {
    const pairs: Print[] = [
      [0.05, 0.1, 'Customer'],
      [0.4, 0.1, 'Northwind Traders'],
      [0.05, 0.12, 'Contact'],
      [0.4, 0.12, 'Ann Berg'],
      [0.05, 0.14, 'Terms'],
      [0.4, 0.14, 'Thirty days'],
    ];
    expect(read({ Customer: text }, pairs)).toMatchObject({ Customer: expect.stringContaining('Northwind Traders') });
  });
});

it('the same label twice with different values asks for attention, and with the same value does not', () => {
  const parties = (other: string): Print[] => [
    [0.05, 0.1, 'Tax ID: 11-222'],
    [0.05, 0.3, `Tax ID: ${other}`],
  ];
  expect(read({ Tax_ID: text }, parties('33-444'))).toEqual({ Tax_ID: '11-222 ?' });
  expect(read({ Tax_ID: text }, parties('11-222'))).toEqual({ Tax_ID: '11-222' });
});

describe('a row of a table', () => {
  const list = (properties: object) => ({ Lines: { type: 'array', items: { type: 'object', properties } } });
  const columns = { Description: text, Quantity: number, Unit_Price: number, Amount: number };
  const head: Print[] = [
    [0.05, 0.1, 'Description'],
    [0.4, 0.1, 'Quantity'],
    [0.6, 0.1, 'Unit Price'],
    [0.8, 0.1, 'Amount'],
  ];
  const row = (y: number, ...cells: [string, string, string, string]): Print[] =>
    cells.map((cell, column): Print => [[0.05, 0.4, 0.6, 0.8][column] ?? 0, y, cell]);

  it('whose figures do not agree asks for attention', () => {
    const rows = [...row(0.12, 'Desk', '2', '199.00', '398.00'), ...row(0.14, 'Lamp', '3', '20.00', '99.00')];
    expect(read(list(columns), [...head, ...rows])).toMatchObject({
      'Lines[0].Amount': '398.00',
      'Lines[1].Description': 'Lamp',
      'Lines[1].Quantity': '3 ?',
      'Lines[1].Amount': '99.00 ?',
    });
  });

  it('keeps a text whole that begins before its header or reaches below the next', () => {
    const money = { Date: { type: 'string', format: 'date' }, Details: text, Amount: number };
    const print: Print[] = [
      [0.05, 0.1, 'Date'],
      [0.3, 0.1, 'Details'],
      [0.8, 0.1, 'Amount'],
      [0.05, 0.12, '2025-03-04'],
      [0.16, 0.12, 'Online purchase of many different things for the office 5004776995'],
      [0.8, 0.12, '-44.00'],
      [0.05, 0.14, '2025-03-05'],
      [0.16, 0.14, 'Taxi'],
      [0.8, 0.14, '-12.00'],
    ];
    expect(read(list(money), print)).toMatchObject({
      'Lines[0].Details': 'Online purchase of many different things for the office 5004776995',
      'Lines[0].Amount': '-44.00',
      'Lines[1].Details': 'Taxi',
    });
  });

  it('has a column whose label goes over two lines', () => {
    const columns2 = {
      Date: { type: 'string', format: 'date' },
      Details: text,
      Amount: { ...number, 'x-aliases': ['Withdrawals / Deposits'] },
      Money_Out: { ...number, 'x-aliases': ['Withdrawals'] },
    };
    const print: Print[] = [
      [0.05, 0.1, 'Date'],
      [0.3, 0.1, 'Details'],
      [0.75, 0.1, 'Withdrawals /'],
      [0.77, 0.112, 'Deposits'],
      [0.05, 0.13, '2025-03-04'],
      [0.3, 0.13, 'Food'],
      [0.8, 0.13, '-171'],
    ];
    expect(read(list(columns2), print)).toEqual({
      'Lines[0].Date': '2025-03-04',
      'Lines[0].Details': 'Food',
      'Lines[0].Amount': '-171',
    });
  });

  it('right below its header is no part of that', () => {
    const print: Print[] = [
      [0.05, 0.1, 'Description'],
      [0.6, 0.1, 'Amount'],
      [0.05, 0.112, 'Cash'],
      [0.6, 0.112, '$7.00'],
      [0.05, 0.124, 'Sales'],
      [0.6, 0.124, '5.00'],
    ];
    expect(read(list({ Description: text, Amount: number }), print)).toMatchObject({
      'Lines[0].Amount': expect.stringContaining('7.00'),
      'Lines[1].Amount': expect.stringContaining('5.00'),
    });
  });

  it('is none below captions that name no amount', () => {
    const party: Print[] = [
      [0.05, 0.1, 'Description'],
      [0.4, 0.1, 'Item ID'],
      [0.05, 0.12, 'Buyer of goods'],
      [0.4, 0.12, 'A-77'],
      [0.05, 0.14, 'Seller of goods'],
      [0.4, 0.14, 'B-88'],
    ];
    expect(read(list({ Description: text, Item_ID: text, Quantity: number, Amount: number }), party)).toEqual({});
  });

  it('asks for attention where hardly any column of the list was found', () => {
    const wide = { Description: text, Amount: number, Color: text, Size: text, Weight: text };
    const print: Print[] = [
      [0.05, 0.1, 'Description'],
      [0.6, 0.1, 'Amount'],
      [0.05, 0.12, 'Desk'],
      [0.6, 0.12, '398.00'],
    ];
    expect(read(list(wide), print)).toEqual({ 'Lines[0].Description': 'Desk ?', 'Lines[0].Amount': '398.00 ?' });
  });
});

describe('a time without a label', () => {
  const time = { Time: { type: 'string', format: 'time' } };

  it('is the one beside a date', () => {
    const print: Print[] = [
      [0.05, 0.1, 'Open 09:00 to 18:00'],
      [0.05, 0.2, '04.03.2025 14:05'],
    ];
    expect(read(time, print)).toEqual({ Time: '14:05' });
  });

  it('is none among several, and the only one of a page', () => {
    expect(read(time, [[0.05, 0.1, 'Open 09:00 to 18:00']])).toEqual({});
    expect(read(time, [[0.05, 0.1, 'Sale 14:05']])).toEqual({ Time: '14:05' });
  });
});

describe('what is bought, on a slip without a header', () => {
  const items = { type: 'object', properties: { Description: text, Amount: number } };
  const lists = { Items: { type: 'array', items } };
  const slip: Print[] = [
    [0.05, 0.1, 'Corner Shop'],
    [0.05, 0.12, 'Tel 555 123 4567'],
    [0.05, 0.14, '04.03.2025 14:05 1.00'],
    [0.05, 0.2, 'Espresso'],
    [0.6, 0.2, '2.50 A'],
    [0.05, 0.22, '2 x Croissant'],
    [0.6, 0.22, '5.00'],
    [0.05, 0.24, 'VAT 7 %'],
    [0.6, 0.24, '0.49'],
    [0.05, 0.26, 'Total'],
    [0.6, 0.26, '7.50'],
    [0.05, 0.28, 'Gift card'],
    [0.6, 0.28, '10.00'],
  ];

  it('is the lines that end with an amount, above the sum; a person should look at them', () => {
    expect(read(lists, slip)).toEqual({
      'Items[0].Description': 'Espresso ?',
      'Items[0].Amount': '2.50 ?',
      'Items[1].Description': 'Croissant ?',
      'Items[1].Amount': '5.00 ?',
    });
  });

  it('is nothing where no sum follows, or where the list has no amount', () => {
    expect(read(lists, slip.slice(0, -4))).toEqual({});
    expect(read({ Names: { type: 'array', items: { type: 'object', properties: { Name: text } } } }, slip)).toEqual({});
  });
});
