import { lettersAndDigits, foldLookalikes } from '#lib/core/grounding/letters.ts';
import type { Field, ScalarField } from '../fields/field.ts';
import type { PageLine } from './page-lines.ts';

/** The labels that a page is searched for, folded. */
export interface LabelSet {
  exact: ReadonlySet<string>;
  /** With signs that OCR confuses treated as equal. */
  confused: ReadonlySet<string>;
  /** Words of the longest. */
  longest: number;
}

/** A label on a line: places in the line's words, `end` exclusive. */
export interface LabelPlace {
  start: number;
  end: number;
}

const numberWords = ['number', 'no', 'nr', 'num', 'id', ''];
const maxLabelWords = 5;

export function labelSet(labels: Iterable<string>): LabelSet {
  const exact = new Set([...labels].map(lettersAndDigits).filter((label) => label.length >= 2));
  return { exact, confused: new Set([...exact].map(foldLookalikes)), longest: maxLabelWords };
}

/** Labels of the identifying field: its own, its aliases, and the usual ways to say "number" and "account". */
export function identifierLabels(field: ScalarField): LabelSet {
  const said = [field.label, field.name.replaceAll('_', ' '), ...field.aliases];
  const numbered = said.flatMap((label) => {
    const end = /[\s_-](?:number|no\.?|nr\.?|num\.?|id|#)$/i.exec(label.trim());
    const base = end && label.trim().slice(0, end.index).trim();
    return base
      ? numberWords.filter((word) => word !== '' || label.endsWith('#')).map((word) => `${base} ${word}`)
      : [];
  });
  const all = [...said, ...numbered];
  const short = all.filter((label) => /account/i.test(label)).map((label) => label.replace(/account/i, 'acct'));
  return labelSet([...all, ...short]);
}

/** Labels of the schema's other single values: where they stand together, a record is told of. */
export function otherLabels(fields: readonly Field[], identifier: string): LabelSet {
  const others = fields.filter(
    (field) =>
      field.name !== identifier && (field.kind === 'scalar' || (field.kind === 'list' && field.item.kind === 'scalar')),
  );
  return labelSet(others.flatMap((field) => [field.label, field.name, ...field.aliases]));
}

/** Every place where a label stands on a line; of two that overlap the longer. */
export function findLabels(line: PageLine, labels: LabelSet, isOcr: boolean): LabelPlace[] {
  const folded = line.words.map((word) => lettersAndDigits(word.text));
  const places: LabelPlace[] = [];
  for (let start = 0; start < folded.length; start++) {
    let text = '';
    let found: LabelPlace | null = null;
    for (let end = start + 1; end <= Math.min(folded.length, start + labels.longest); end++) {
      text += folded[end - 1] ?? '';
      const stands = labels.exact.has(text) || (isOcr && labels.confused.has(foldLookalikes(text)));
      if (stands) found = { start, end };
    }
    if (!found) continue;
    places.push(found);
    start = found.end - 1;
  }
  return places;
}
