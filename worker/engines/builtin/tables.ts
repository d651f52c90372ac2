import type { ListField, ScalarField } from '#lib/core/fields/field.ts';
import type { ListPlace } from '#lib/core/layouts/lesson.ts';
import { findHeaders } from './table-headers.ts';
import type { Table } from './table-parts.ts';
import { readPricedLines } from './priced-lines.ts';
import { readRemembered } from './remembered-table.ts';
import { withoutRowNumbers } from './row-numbers.ts';
import { readByShape } from './table-shape.ts';
import { isOfTexts, readBelow } from './table-rows.ts';
import type { View } from './view.ts';

/**
 * The rows of a list whose items are objects: where they stand in verified documents (`place`), else by the header above its
 * columns, else by the shape of its lines.
 */
export function readTable(view: View, list: ListField, locale: string, place: ListPlace | undefined): Table {
  const columns =
    list.item.kind === 'object'
      ? list.item.fields.filter((field): field is ScalarField => field.kind === 'scalar')
      : [];
  if (place) {
    const table = readRemembered(view, columns, place, locale);
    if (table.rows.length > 0) return { ...table, rows: withoutRowNumbers(table.rows) };
  }
  const headers = findHeaders(view, columns);
  if (headers.length === 0) {
    const shaped = readByShape(view, columns, locale);
    return shaped.rows.length > 0 ? shaped : readPricedLines(view, columns, locale);
  }
  const tables = headers.map((header, index) =>
    readBelow(view, header, headers[index + 1]?.line ?? view.lines.length, locale),
  );
  return {
    rows: tables.flatMap((table) => withoutRowNumbers(table.rows)),
    rowsSeen: tables.reduce((sum, table) => sum + table.rowsSeen, 0),
    ...(headers.every(({ columns: own }) => isOfTexts(own)) ? { doubt: 'texts' as const } : {}),
  };
}
