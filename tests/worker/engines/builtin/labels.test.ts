import { expect, test } from 'vitest';
import { printPage, read } from './support/page.ts';

test('a figure right behind a label is its value, not a slip of its spelling', () => {
  const page = printPage([
    [
      [4, 'Total Amount Without VAT'],
      [40, '1 561,18 EUR'],
    ],
  ]);
  const net = { type: 'number', 'x-aliases': ['Total Amount Without VAT'] };
  expect(read({ Net_Total: net }, page, 'fr-FR').values).toEqual({ Net_Total: '1 561,18 EUR' });
});

test('of a line of captions each value is below its own, not in the caption beside it', () => {
  const page = printPage([
    [
      [4, 'SERIES'],
      [16, 'DATE AND TIME'],
      [36, 'STATE'],
      [50, 'FOR THE AUTHORITY'],
    ],
    [
      [6, '1'],
      [15, '09/08/2024 13:38'],
      [37, 'SC'],
      [52, 'none'],
    ],
  ]);
  expect(read({ Series: { type: 'string' }, State: { type: 'string' } }, page).values).toEqual({
    Series: '1',
    State: 'SC',
  });
});

test('a choice without a label is the only one of its kind that is printed', () => {
  const unit = { type: 'string', enum: ['thousands', 'millions'] };
  const heading = (text: string) => read({ Unit: unit }, printPage([[[4, text]]])).values;
  expect(heading('Revenue in million euros, by quarter')).toEqual({ Unit: 'millions' });
  expect(heading('From thousands to millions')).toEqual({});
});

test('a number behind its label is read, where the space between them was not seen', () => {
  const page = printPage([[[4, 'Invoice number:INV-9921']]], 'ocr');
  expect(read({ Invoice_Number: { type: 'string' } }, page).values).toEqual({ Invoice_Number: 'INV-9921' });
});
