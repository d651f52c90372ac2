import XLSX from '@e965/xlsx';

const maxNamed = 5;

/** What of a sheet is not as its reader may think: formulas without a stored result, rows and columns that are hidden. */
export function sheetNotices(name: string, sheet: XLSX.WorkSheet): string[] {
  const formulas = emptyFormulas(sheet);
  const hiddenRows = hiddenIn(sheet['!rows'], (index) => String(index + 1));
  const hiddenColumns = hiddenIn(sheet['!cols'], (index) => XLSX.utils.encode_col(index));
  const quoted = JSON.stringify(name);
  return [
    ...(formulas.length > 0
      ? [
          `Formulas of the sheet ${quoted} have no stored result and were not read (${listed(formulas)}): open the workbook, save it, and upload it again.`,
        ]
      : []),
    ...(hiddenRows.length > 0 ? [`Hidden rows of the sheet ${quoted} were read too: ${listed(hiddenRows)}.`] : []),
    ...(hiddenColumns.length > 0
      ? [`Hidden columns of the sheet ${quoted} were read too: ${listed(hiddenColumns)}.`]
      : []),
  ];
}

/** Addresses of cells with a formula of which the workbook does not say what it gives. */
function emptyFormulas(sheet: XLSX.WorkSheet): string[] {
  const data: (XLSX.CellObject | undefined)[][] = sheet['!data'] ?? [];
  return data.flatMap((cells, r) =>
    cells.flatMap((cell, c) => {
      const isEmpty = cell?.f !== undefined && (cell.t === 'z' || cell.v === undefined || cell.v === '');
      return isEmpty && cell.t !== 's' ? [XLSX.utils.encode_cell({ r, c })] : [];
    }),
  );
}

function hiddenIn(about: readonly ({ hidden?: boolean } | undefined)[] | undefined, nameOf: (index: number) => string) {
  return (about ?? []).flatMap((one, index) => (one?.hidden ? [nameOf(index)] : []));
}

function listed(names: readonly string[]): string {
  const more = names.length - maxNamed;
  return names.slice(0, maxNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
