import { type Random, seeded } from './loan-packet/random.ts';

/** What breaks files of values, by what it plays on. */
const tricks = {
  separators: ['"', '""', ',', ';', '\t', '\n', '\r', '\r\n', "'", '`', '\\', '|', ' ', '  ', '\u3000', '\u2028'],
  markup: ['&', '<', '>', '&amp;', '<f>1</f>', ']]>', '<!--', '[', '{'],
  formulas: [
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
    '=1+1',
    '=cmd|"/c calc"!A1',
    '@SUM(A1)',
    '-2+3',
    '+1 (555) 010',
  ],
  hiddenFormulas: [
    ' =1',
    '\u00a0=1',
    '\u200b=1',
    '\ufeff=1',
    '\u0001=1',
    '=HYPERLINK("http://x.test";"click")',
    '{=A1}',
  ],
  controls: ['\u0000', '\u0001', '\u0008', '\u000b', '\u000c', '\u001b', '\u001f', '\u007f', '\u0085', '\u009f'],
  halves: ['\ufffe', '\uffff', '\ud83d', '\ude00', '\ud800', '\udfff'],
  scripts: ['😀', '👩‍👩‍👧', '🇩🇪', 'e\u0301', '\u202eabc\u202c', 'שלום', 'مرحبا', 'Ä', 'ß', '漢字', 'a'],
  escapes: ['_x0041_', '_x000D_', '_x005F_', '_X0041_', '_x004', '_x', '_', 'x0041_', '_xD83D_', '_x0041_x0042_'],
  numbers: ['00123', '0', '-0', '1e5', '1E400', '12345678901234567890', '1,234.50', '1.234,50', '0x1F', '100%', '(5)'],
  lookalikes: ['2025-01-03', '03/04/2016', '1-3', 'JAN1', '12:30', 'TRUE', 'false', 'null', 'NaN', '#N/A', '#REF!'],
};
const pieces = Object.values(tricks).flat();
/** Around the most that a cell of a worksheet holds, a pair of surrogates across it among them. */
const long = [
  'x'.repeat(32_767),
  'y'.repeat(32_768),
  `${'z'.repeat(32_765)}😀`,
  `${'w'.repeat(32_765)}😀!`,
  '"'.repeat(33_000),
];

/** So many texts, the same for the same seed: each trick alone, the long ones, and mixtures of them. */
export function nastyTexts(count: number, seed: number): string[] {
  const random = seeded(seed);
  const fixed = [...pieces, ...long];
  return [...fixed, ...Array.from({ length: count - fixed.length }, () => mixture(random))];
}

function mixture(random: Random): string {
  const parts = Array.from({ length: random.int(1, 6) }, () =>
    random.chance(0.85) ? pieces[random.int(0, pieces.length - 1)] : String.fromCharCode(random.int(0, 0xffff)),
  );
  return parts.join(random.chance(0.3) ? ' ' : '').repeat(random.chance(0.01) ? 200 : 1);
}
