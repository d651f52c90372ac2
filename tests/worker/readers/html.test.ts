import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import { misplaced, readContent } from '#tests/support/read-file.ts';

async function read(body: string): Promise<Page> {
  const [page] = await readContent('html', `<html><body>${body}</body></html>`);
  if (!page) throw new Error('no page');
  return page;
}
const textOf = async (body: string) => (await read(body)).text;

describe('a table of a web page', () => {
  it('fills the rows that a cell goes over, and keeps columns where it goes over several', async () => {
    const table =
      '<table><tr><th>Order</th><th colspan=2>Item</th></tr><tr><td rowspan=2>A-1</td><td>Desk</td><td>2</td></tr><tr><td>Chair</td><td>8</td></tr></table>';
    expect(await textOf(table)).toBe('Order\tItem\t\nA-1\tDesk\t2\nA-1\tChair\t8');
  });

  it('has its cells below each other, however long their texts are', async () => {
    const long = 'Writing desk with two drawers and a cable duct for the office';
    const page = await read(
      `<table><tr><th>Item</th><th>Price</th></tr><tr><td>${long}</td><td>199.00</td></tr><tr><td></td><td>59.50</td></tr></table>`,
    );
    const left = (text: string) => page.words.find((word) => word.text === text)?.x;
    expect(left('199.00')).toBe(left('Price'));
    expect(left('59.50')).toBe(left('Price'));
    expect(misplaced(page)).toEqual([]);
  });

  it('keeps lines and lists of a cell apart', async () => {
    const page = await read(
      '<table><tr><td>Name: Ann<br>Street: Pier 4</td><td><ul><li>Desk</li><li>Lamp</li></ul></td></tr></table>',
    );
    expect(page.layout).toBe('\nName: Ann        Desk\nStreet: Pier 4   Lamp');
  });

  it('that only arranges others loses nothing', async () => {
    const inner = '<table><tr><td>Due</td><td>2025-04-03</td></tr></table>';
    expect(await textOf(`<table><tr><td>Invoice 7</td><td>${inner}<p>Ann Ltd</p></td></tr></table>`)).toBe(
      'Invoice 7\nDue\t2025-04-03\nAnn Ltd',
    );
  });

  it('ends before the text below it', async () => {
    const page = await read('<table><tr><td>Desk</td><td>2</td></tr></table><p>Contact</p>');
    expect(page.layout).toBe('\nDesk   2\n\nContact');
  });
});

describe('what a web page shows', () => {
  it('is nothing that is hidden or struck out', async () => {
    const body =
      '<p hidden>a</p><p style="display: none">b</p><p>Total: <s>249.00</s> <del>9</del> <span style="text-decoration:line-through">8</span> 199.00</p>';
    expect(await textOf(body)).toBe('Total: 199.00');
  });

  it('is what was filled in, chosen and ticked', async () => {
    const body =
      '<p>Gift: <input type=checkbox checked> Yes <input type=checkbox> No</p><p>Note: <input value="At the door"></p><p>Size: <select><option>S</option><option selected>M</option></select></p><p>More: <textarea>later</textarea><input type=hidden value=x><input type=submit value=Send></p>';
    expect(await textOf(body)).toBe('Gift: ☒ Yes ☐ No\nNote: At the door\nSize: M\nMore: later');
  });
});

const word = fc.constantFrom('Desk', 'Total', '12.50', '☒', 'a-b', 'Köln', 'averyveryverylongwordthatneverendsatall');
const texts = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const inline = fc.oneof(
  texts,
  texts.map((text) => `${text}<br>${text}`),
  texts.map((text) => `<ul><li>${text}</li></ul>`),
);
const row = fc.array(fc.tuple(inline, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
  maxLength: 5,
});
const tableOf = (rows: [string, number, number][][]) =>
  `<table>${rows.map((cells) => `<tr>${cells.map(([text, across, down]) => `<td colspan=${across} rowspan=${down}>${text}</td>`).join('')}</tr>`).join('')}</table>`;

it('every word of a page has a place, in the order of its text', async () => {
  await fc.assert(
    fc.asyncProperty(texts, fc.array(row, { minLength: 1, maxLength: 5 }), texts, async (above, rows, below) => {
      const page = await read(`<p>x ${above}</p>${tableOf(rows)}<p>${below}</p>`);
      expect(misplaced(page)).toEqual([]);
      const printed = page.words.map(({ text }) => text).join('');
      expect(printed).toBe(page.text.replace(/\s+/g, ''));
    }),
    { numRuns: 60 },
  );
});

it('a table that arranges others keeps its own rows of several cells together', async () => {
  const html = `<table>
    <tr><td colspan="2"><table><tr><td>Northwind Traders</td></tr></table></td></tr>
    <tr><td>Item</td><td>Price</td></tr><tr><td>Desk</td><td>199.00</td></tr>
    <tr><td></td><td>Total: 199.00</td></tr>
  </table>`;
  const [page] = await readContent('html', html);
  expect(page?.text).toBe('Northwind Traders\nItem\tPrice\nDesk\t199.00\nTotal: 199.00');
});

it('cells that are arranged by small tables of their own are cells all the same', async () => {
  const small = (text: string) => `<td><table><tr><td>${text}</td></tr></table></td>`;
  const row = (...texts: string[]) => `<tr>${texts.map(small).join('')}</tr>`;
  const [page] = await readContent('html', `<table>${row('Item', 'Total')}${row('Desk', '199.00')}</table>`);
  expect(page?.text).toBe('Item\tTotal\nDesk\t199.00');
});

it('what is hidden in a table that only arranges is not read', async () => {
  const [page] = await readContent(
    'html',
    '<table role="presentation"><caption style="display:none">secret</caption><tr><td style="display:none">hidden</td></tr><tr><td>shown</td></tr></table>',
  );
  expect(page?.text).toBe('shown');
});

it('tables within tables take time by their number, not by how deep they are', async () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'Desk' : `<table><tr><td>${nested(depth - 1)}</td><td>Level ${depth}</td></tr></table>`;
  const [page] = await readContent('html', nested(60));
  expect(page?.text).toContain('Desk');
  expect(page?.text.match(/Level \d+/g)).toHaveLength(60);
});
