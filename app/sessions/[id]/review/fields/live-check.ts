import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import { setValue } from '#lib/core/values/set-value.ts';
import { type Definition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import type { Value } from '#lib/core/values/value.ts';
import { type Scalar, parsePath } from '#lib/core/fields/path.ts';
import { recheckRows } from '#lib/core/values/recheck.ts';

// Loaded when somebody begins to type: the language of rules is large.

export interface LiveCheck {
  /** The value as it would be kept. */
  value: Scalar | null;
  /** Why the text does not fit the type; null when it does. */
  problem: string | null;
  /** Rules that would not hold, each once. */
  broken: { rule: string; message: string; severity: 'error' | 'warning' }[];
}

const definitions = new WeakMap<object, Definition>();

/** What would come of a text for one value of an account: the same code that the server runs on the edit. */
export function checkDraft(
  definitionJson: Readonly<Record<string, unknown>>,
  account: AccountView,
  id: string,
  draft: string,
): LiveCheck | null {
  const definition = definitions.get(definitionJson) ?? parseSavedDefinition(definitionJson);
  definitions.set(definitionJson, definition);
  const leaves = account.fields.map(toValue);
  const place = account.fields.findIndex((field) => field.id === id);
  const leaf = leaves[place];
  const field = leaf && fieldAt(definition.fields, leaf.path);
  if (!leaf || field?.kind !== 'scalar') return null;
  const edited = setValue(field, leaf, draft, definition.locale);
  const checked = recheckRows(definition, [{ leaves: leaves.with(place, edited) }])[0]?.leaves ?? [];
  const broken = new Map(
    checked.flatMap((one) =>
      one.checks.flatMap((check) =>
        check.ok || check.rule === 'format' ? [] : [[`${check.rule}/${check.message}`, check] as const],
      ),
    ),
  );
  const format = edited.signals.find((signal) => signal.name === 'format');
  return { value: edited.value, problem: format && !format.ok ? format.detail : null, broken: [...broken.values()] };
}

function toValue({ path, label, type, value, raw, state, evidence, trust, signals }: ValueView): Value {
  const place = evidence && { pageNum: evidence.page_num, quote: evidence.quote, boxes: evidence.boxes };
  return { path: parsePath(path) ?? [], label, type, value, raw, state, evidence: place, trust, signals, checks: [] };
}
