import { describe, expect, it } from 'vitest';
import { applyOperation } from '#lib/edits/apply-operation.ts';
import type { OpenAccount } from '#lib/edits/open-rows.ts';
import { editsSchema } from '#lib/core/contract/edits.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import { valueOf } from '#tests/support/export.ts';

const items = (column: string) => ({
  type: 'array',
  items: { type: 'object', properties: { [column]: { type: 'number' } } },
});
const properties = {
  'Invoice No.': { type: 'string' },
  'Line.Items': items('Net [EUR]'),
  Line: { type: 'object', properties: { Items: items('Net') } },
};
const definition = parseDefinition({ slug: 'odd', name: 'Odd', fields: { type: 'object', properties } });
const documentId = newId();

function insert(path: string, values: Record<string, number>) {
  const state = { extracted: null, isDeleted: false, needsAttention: 0, version: 1, rowId: null, isListRow: false };
  const rows = [{ ...state, id: newId(), path: '["Invoice No."]', leaves: [valueOf('["Invoice No."]', 'A1')] }];
  const account: OpenAccount = { documentId, accountIndex: 0, rows, before: new Map() };
  const operation = { op: 'insert_row', document_id: documentId, account_index: 0, path, values };
  const [parsed] = editsSchema.parse({ operations: [operation] }).operations;
  if (parsed?.op !== 'insert_row') throw new Error('not an insertion');
  applyOperation(definition, [account], parsed);
  const row = account.rows[1];
  return row && { path: row.path, leaves: row.leaves.map((leaf) => [leaf.path, leaf.value]) };
}

describe('adding a row', () => {
  it('finds the list by its path, whatever its name', () => {
    const added = { path: '["Line.Items"]', leaves: [[['Line.Items', 0, 'Net [EUR]'], 5]] };
    expect(insert('["Line.Items"]', { '["Net [EUR]"]': 5 })).toEqual(added);
    expect(insert('["Line.Items"]', { 'Net [EUR]': 5 })).toEqual(added);
    expect(insert('Line.Items', { Net: 5 })).toEqual({
      path: 'Line.Items',
      leaves: [[['Line', 'Items', 0, 'Net'], 5]],
    });
  });

  it('is refused for a list or column that the schema does not have', () => {
    expect(() => insert('["Line.Item"]', {})).toThrow('no list');
    expect(() => insert('["Line.Items"]', { Net: 5 })).toThrow('no column "Net": ["Net [EUR]"]');
  });
});
