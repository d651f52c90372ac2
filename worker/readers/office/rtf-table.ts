import { cellHtml } from './html.ts';

interface Column {
  /** Its right edge, by which columns of different rows are the same. */
  edge: number;
  /** It is covered by the cell beside it, or by the one above. */
  isBeside: boolean;
  isBelow: boolean;
}

interface Row {
  columns: readonly Column[];
  cells: string[];
}

/** Gathers the rows of a table, whose cells are described before they come. */
export class RtfTable {
  #described: Column[] = [];
  #next = { isBeside: false, isBelow: false };
  #cells: string[] = [];
  #rows: Row[] = [];

  get isEmpty(): boolean {
    return this.#rows.length === 0 && this.#cells.length === 0;
  }

  /** Takes a control word that describes a row. */
  describe(name: string, value: number | null): void {
    if (name === 'trowd') this.#described = [];
    else if (name === 'clmrg') this.#next.isBeside = true;
    else if (name === 'clvmrg') this.#next.isBelow = true;
    else if (name === 'cellx') {
      this.#described.push({ edge: value ?? 0, ...this.#next });
      this.#next = { isBeside: false, isBelow: false };
    }
  }

  endCell(html: string): void {
    this.#cells.push(html);
  }

  endRow(): void {
    this.#rows.push({ columns: this.#described, cells: this.#cells });
    this.#cells = [];
  }

  /** The table, which is empty then. */
  take(): string {
    if (this.#cells.length > 0) this.endRow();
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return '';
    const edges = [...new Set(rows.flatMap(({ columns }) => columns.map(({ edge }) => edge)))].toSorted(
      (a, b) => a - b,
    );
    return `<table>${rows.map((row, index) => rowHtml(row, rows.slice(index + 1), edges)).join('')}</table>`;
  }
}

function rowHtml({ columns, cells }: Row, below: readonly Row[], edges: readonly number[]): string {
  const shown = cells.map((content, index) => {
    const column = columns[index];
    if (!column) return cellHtml(content, {});
    if (column.isBeside || column.isBelow) return '';
    const last = lastBeside(columns, index);
    const left = edges.indexOf(columns[index - 1]?.edge ?? Number.NaN);
    const span = edges.indexOf(columns[last]?.edge ?? column.edge) - left;
    return cellHtml(content, { columns: Math.max(1, span), rows: 1 + rowsBelow(below, column.edge) });
  });
  return `<tr>${shown.join('')}</tr>`;
}

function lastBeside(columns: readonly Column[], index: number): number {
  let last = index;
  while (columns[last + 1]?.isBeside) last += 1;
  return last;
}

/** How many rows further down a cell goes. */
function rowsBelow(below: readonly Row[], edge: number): number {
  const end = below.findIndex(({ columns }) => !columns.some((column) => column.edge === edge && column.isBelow));
  return end < 0 ? below.length : end;
}
