const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const maxRecords = 60;

/** The first line that some programs write for Excel: `sep=;`. */
export const separatorLine = /^\uFEFF?sep=(?<delimiter>[,;\t|])\r?\n/i;

/**
 * The character that parts the cells of a text; null when none does. It gives the most cells in records of equally many,
 * wherever these begin: lines above a table count for little, and what is inside quotes for nothing.
 */
export function detectDelimiter(text: string): Delimiter | null {
  const named = separatorLine.exec(text)?.groups?.delimiter;
  if (named) return delimiters.find((one) => one === named) ?? null;
  const rated = delimiters.map((delimiter) => ({ delimiter, ...regularityOf(text, delimiter) }));
  const [best] = rated.toSorted((a, b) => b.cells - a.cells);
  return best && best.cells > 0 ? best.delimiter : null;
}

/** Whether nearly all lines of a text have equally many cells, as only a table has. */
export function isTable(text: string, delimiter: Delimiter): boolean {
  return separatorLine.test(text) || regularityOf(text, delimiter).share >= 0.8;
}

/** How many delimiters records of the usual length have together, and which share of all records these are. */
function regularityOf(text: string, delimiter: Delimiter): { cells: number; share: number } {
  const counts = cellCounts(text, delimiter);
  const usual = mode(counts.filter((count) => count > 1));
  const alike = counts.filter((count) => count === usual).length;
  // One line says nothing about how the next is parted.
  return usual > 1 && alike > 1 ? { cells: (usual - 1) * alike, share: alike / counts.length } : { cells: 0, share: 0 };
}

/** The number of cells of each of the first records. A quoted cell may hold delimiters and line breaks. */
function cellCounts(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let cells = 1;
  let isQuoted = false;
  let recordStart = 0;
  let cellStart = 0;
  const endRecord = (at: number) => {
    if (text.slice(recordStart, at).trim() !== '') counts.push(cells);
    cells = 1;
    recordStart = at + 1;
  };
  for (let at = 0; at < text.length && counts.length < maxRecords; at++) {
    const sign = text[at];
    // Inside quotes two of them are one.
    if (sign === '"' && isQuoted && text[at + 1] === '"') at += 1;
    else if (sign === '"' && (isQuoted || at === cellStart)) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (sign === delimiter) cells += 1;
    else if (sign === '\n') endRecord(at);
    // Whatever parts cells in truth, a quoted one begins behind it.
    if (sign === '\n' || delimiters.some((one) => one === sign)) cellStart = at + 1;
  }
  if (counts.length < maxRecords) endRecord(text.length);
  return counts;
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
