import { z } from 'zod';
import { accountView, valueView } from './results.ts';
import { sessionDetail } from './sessions.ts';
import { storableIndex, trimmedText, storableNumber, storableText } from '#lib/core/storable.ts';

const scalar = z.union([storableText(100_000), z.number(), z.boolean()], {
  error: 'must be a text, a number, true or false',
});
const fraction = z.number().min(-0.01).max(1.01);
const evidence = z.object({
  page_num: storableIndex,
  quote: storableText(10_000),
  boxes: z.array(z.object({ x: fraction, y: fraction, width: fraction, height: fraction })).max(500),
});
/** `FieldView.id`: the row's id, with the column behind it for a cell of a list row. */
const valueId = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.\d{1,4})?$/, 'must be the id of a value');

const set = z.object({ op: z.literal('set'), id: valueId, value: scalar, evidence: evidence.optional() });
/** A cell that its row does not have yet: `column` is its path within the row, as `FieldView.path` ends. */
const setCell = z.object({
  op: z.literal('set_cell'),
  row_id: z.uuid(),
  column: storableText(1000),
  value: scalar,
  evidence: evidence.optional(),
});
const confirm = z.object({ op: z.literal('confirm'), id: valueId });
const absent = z.object({ op: z.literal('absent'), id: valueId });
/** Back to what was extracted. */
const revert = z.object({ op: z.literal('revert'), id: valueId });
const insertRow = z.object({
  op: z.literal('insert_row'),
  document_id: z.uuid(),
  account_index: storableIndex,
  /** The list's, such as `Payments` or `["Line.Items"]`. */
  path: storableText(2000),
  /** The new row's number, from 0; behind the last when absent. */
  at: storableIndex.optional(),
  /** Of the new row (its values are `id.0`, `id.1`, … by column) and of the row in its list, so that it can be edited at once. */
  id: z.uuid().optional(),
  row_id: z.uuid().optional(),
  /** By the columns' paths within the row, as `FieldView.path` ends; that of a list of single values is empty. */
  values: z.record(storableText(1000), scalar).default({}),
});
const deleteRow = z.object({ op: z.literal('delete_row'), row_id: z.uuid() });
/** Gives pages of a document to an account: of the current run by index, or any by number, also a new one. */
const moveBoundary = z.object({
  op: z.literal('move_boundary'),
  document_id: z.uuid(),
  /** Each counts once, however often it is named. */
  pages: z
    .array(storableIndex)
    .min(1)
    .max(10_000)
    .transform((pages) => [...new Set(pages)]),
  account_index: storableIndex.optional(),
  account_number: trimmedText(200).min(1).optional(),
});
/** Takes back a change, also one that took back another. */
const undo = z.object({ op: z.literal('undo'), change_id: z.uuid() });

const operation = z.discriminatedUnion(
  'op',
  [set, setCell, confirm, absent, revert, insertRow, deleteRow, moveBoundary, undo],
  {
    error: 'must have op: set, set_cell, confirm, absent, revert, insert_row, delete_row, move_boundary or undo',
  },
);
export type Operation = z.output<typeof operation>;
export type MoveBoundary = z.output<typeof moveBoundary>;
export type SetCell = z.output<typeof setCell>;
export type InsertRow = z.output<typeof insertRow>;

/** The body of `POST /api/sessions/{id}/edits`. */
export const editsSchema = z.object({
  /** `version` of the results that the person saw; 409 when somebody changed the session since. */
  base_version: storableNumber.optional(),
  /** Names the change: sent again, because the answer was lost, it is done once. */
  change_id: z.uuid().optional(),
  operations: z.array(operation).min(1, 'must hold at least one operation').max(5000, 'holds more than 5,000'),
});
export type Edits = z.output<typeof editsSchema>;

/** The body of `PATCH /api/sessions/{id}/values/{value_id}`. */
export const valueChangeSchema = z
  .object({
    value: scalar.optional(),
    confirm: z.literal(true).optional(),
    absent: z.literal(true).optional(),
    /** `FieldView.version`; 409 when the value has another by now. */
    version: storableNumber.optional(),
    evidence: evidence.optional(),
  })
  .refine(({ value, confirm, absent }) => [value, confirm, absent].filter((one) => one !== undefined).length === 1, {
    error: 'must have one of value, confirm: true and absent: true',
  });
export type ValueChange = z.output<typeof valueChangeSchema>;

/** Of `POST …/edits`: the session and the accounts of which values changed. */
export const editsResponse = z.object({
  /** Names the change, to take it back. */
  change_id: z.string(),
  /** Of the session: the base of the next edits. */
  version: z.number(),
  session: sessionDetail,
  accounts: z.array(accountView),
});
export type EditsResponse = z.output<typeof editsResponse>;

/** Of `PATCH …/values/{value_id}`. */
export const valueResponse = z.object({ change_id: z.string(), version: z.number(), value: valueView });
