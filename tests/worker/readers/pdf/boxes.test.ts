import { describe, expect, it } from 'vitest';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { readContent } from '#tests/support/read-file.ts';

const text = (x: number, y: number, words: string) => `BT /F1 10 Tf ${x} ${y} Td (${words}) Tj ET\n`;
const box = (x: number, y: number) => `${x} ${y} 10 10 re S\n`;
const cross = (x: number, y: number) =>
  `${x + 1} ${y + 1} m ${x + 9} ${y + 9} l S ${x + 1} ${y + 9} m ${x + 9} ${y + 1} l S\n`;
const hook = (x: number, y: number) => `${x + 2} ${y + 5} m ${x + 4} ${y + 2} l ${x + 9} ${y + 9} l S\n`;
const circle = (x: number, y: number, r: number, paint: string) =>
  `${x + r} ${y} m ${x + r} ${y + r} ${x} ${y + r} ${x} ${y + r} c ${x - r} ${y + r} ${x - r} ${y} ${x - r} ${y} c ${x - r} ${y - r} ${x} ${y - r} ${x} ${y - r} c ${x + r} ${y - r} ${x + r} ${y} ${x + r} ${y} c ${paint}\n`;
const enough = text(60, 60, 'These are enough letters for a text layer');

async function lineOf(content: string, page = ''): Promise<string> {
  const [read] = await readContent('pdf', pdfPage(content + enough, { page }));
  return read?.text.split('\n')[0] ?? '';
}

const yes = text(115, 701, 'Yes');
const no = text(175, 701, 'No');

describe('a box that is drawn to be ticked', () => {
  it.each([
    ['a cross', cross(160, 700)],
    ['a hook', hook(160, 700)],
    ['a dot', '163 703 4 4 re f\n'],
    ['a letter', text(161.5, 701, 'X')],
  ])('is ticked by %s in it', async (_name, tick) => {
    expect(await lineOf(box(100, 700) + yes + box(160, 700) + no + tick)).toBe('☐ Yes ☒ No');
  });

  it('may be a circle', async () => {
    const radios = circle(105, 705, 5, 's') + yes + circle(165, 705, 5, 's') + circle(165, 705, 2.5, 'f') + no;
    expect(await lineOf(radios)).toBe('☐ Yes ☒ No');
  });

  it('may stand on a white ground, and have a double frame', async () => {
    const framed = '1 g 160 700 10 10 re f 0 g\n' + box(160, 700) + '161 701 8 8 re S\n';
    expect(await lineOf(box(100, 700) + cross(100, 700) + yes + framed + no)).toBe('☒ Yes ☐ No');
  });

  it('stands where it is seen on a page that is turned', async () => {
    const content = box(100, 700) + yes + box(160, 700) + no + cross(160, 700);
    const [page] = await readContent('pdf', pdfPage(content + enough, { page: '/Rotate 90' }));
    expect(page?.text).toContain('☐ Yes ☒ No');
  });
});

it('cells for single letters, of a table, and lines are no boxes to tick', async () => {
  const cells = [0, 1, 2, 3].map((n) => box(100 + 10 * n, 700)).join('');
  expect(await lineOf(`${cells}${text(102, 702, '7')}${text(160, 701, 'Code')}100 690 m 300 690 l S\n`)).toBe('7 Code');
});
