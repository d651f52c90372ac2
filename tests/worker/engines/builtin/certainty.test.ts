import { expect, it } from 'vitest';
import { addsUp } from '#worker/engines/builtin/certainty/amounts.ts';
import { shippedScorer } from '#worker/engines/builtin/certainty/certainty.ts';
import { certaintyOf } from '#worker/engines/builtin/certainty/model.ts';
import { printPage, read } from './support/page.ts';

const properties = {
  Invoice_Number: { type: 'string' },
  Seller_Name: { type: 'string' },
  Due: { type: 'string', format: 'date' },
};

it('a value beside its own label is surer than a name that only stands at the top', () => {
  const page = printPage([
    [[4, 'Blue Harbour']],
    [],
    [
      [4, 'Invoice Number:'],
      [24, 'INV-4471'],
    ],
    [
      [4, 'Due:'],
      [24, '3 May 2025'],
    ],
  ]);
  const { leaves } = read(properties, page);
  const sure = Object.fromEntries(leaves.map(({ path, certainty }) => [path.join('.'), certainty ?? 0]));
  expect(sure.Invoice_Number).toBeGreaterThan(0.9);
  expect(sure.Seller_Name).toBeLessThan(sure.Invoice_Number ?? 0);
});

it('cells of a table carry none: nothing is learned of them', () => {
  const page = printPage([
    [
      [4, 'Item'],
      [40, 'Amount'],
    ],
    [
      [4, 'Paper'],
      [40, '4.50'],
    ],
    [
      [4, 'Pens'],
      [40, '2.00'],
    ],
  ]);
  const item = { type: 'object', properties: { Item: { type: 'string' }, Amount: { type: 'number' } } };
  const { leaves } = read({ Lines: { type: 'array', items: item } }, page);
  expect(leaves).toHaveLength(4);
  expect(leaves.every(({ certainty }) => certainty === undefined)).toBe(true);
});

it('the shipped weights are small, and answer for a value of which nothing is known', () => {
  const scorer = shippedScorer();
  expect(JSON.stringify(scorer).length).toBeLessThan(1_000_000);
  const nothing = certaintyOf(scorer, {});
  expect(nothing).toBeGreaterThanOrEqual(0);
  expect(nothing).toBeLessThan(1);
});

it('an amount adds up with others that make it up, or that it is a part of', () => {
  const page = [100, 19, 119, 7.5];
  expect([119, 19, 100, 7.5].map((value) => addsUp(page, value))).toEqual([true, true, true, false]);
});
