import type { ScalarField } from '#lib/core/fields/field.ts';
import { markOf } from '#lib/core/normalise/marks.ts';
import { inBox } from './boxes.ts';
import type { Candidate } from './candidate.ts';
import { cellOf, flush, isCaption } from './captions.ts';
import { findSpans, type Kind, kindOf } from './kinds.ts';
import { findLabels, headingsOf, type LabelHit, leadsToValue, wordsAfter } from './labels.ts';
import { spansIn } from './spans.ts';
import { markedOptions } from './marks.ts';
import { isNameLike } from './names.ts';
import { type Cell, type IndexedWord, textOf, type View, wordsOfSpan } from './view.ts';

/** How sure each relation of label and value is. */
const relation = { right: 1, column: 0.85, below: 0.85 };
/** How far down a value may stand below its label, in line heights. */
const maxDistanceBelow = 3.2;
/** Lines of other columns, and marks, may stand between. */
const linesBelow = 5;

/** Candidates beside and below a field's labels. `isLabel` tells whether a text is the label of any field. */
export function labelledCandidates(
  view: View,
  field: ScalarField,
  locale: string,
  isLabel: (text: string) => boolean,
): Candidate[] {
  const kind = kindOf(field);
  const found = findLabels(view, field).flatMap((hit) => {
    const beneath = below(view, hit, kind, field, locale, isLabel);
    const next = besideCaption(view, hit, beside(hit, kind, field, locale, isLabel), isLabel);
    const boxed = inBox(view, hit, kind, field, locale, isLabel);
    const label = { letters: hit.length, isLed: leadsToValue(hit.line, hit.end), isExact: hit.quality === 1 };
    const named = [...next.map((candidate) => contested(candidate, hit, beneath)), ...beneath, ...boxed];
    return named.map((candidate) => ({ ...candidate, label }));
  });
  const all = [...found, ...underHeading(view, field, kind, locale)];
  return all.flatMap((candidate) =>
    candidate.text === '' || isLabel(candidate.text) || numberAlone.test(candidate.text)
      ? []
      : [{ ...candidate, isLabelled: true }],
  );
}

/** The caption of something else, whatever it counts. */
const numberAlone = /^(?:number|nummer|n[úu]mero|num[ée]ro)$/i;

/** In a box of a form the value stands below its caption: words beside that are the caption of another box. */
const inAnotherBox = 0.5;

function besideCaption(
  view: View,
  hit: LabelHit,
  candidates: Candidate[],
  isLabel: (text: string) => boolean,
): Candidate[] {
  if (!isCaption(view, hit, isLabel)) return candidates;
  const own = cellOf(hit)?.words ?? [];
  return candidates.map((candidate) =>
    /\d/.test(candidate.text) || candidate.words.every((word) => own.includes(word))
      ? candidate
      : { ...candidate, score: candidate.score * inAnotherBox },
  );
}

/** Words in another cell, where the label does not lead to them and something stands right below it too: either may be meant. */
function contested(candidate: Candidate, hit: LabelHit, beneath: readonly Candidate[]): Candidate {
  const own = cellOf(hit);
  const [under] = beneath;
  const isFar = !own || candidate.words.every((word) => !own.words.includes(word));
  const isFlush = own && under && Math.abs((under.words[0]?.x ?? 0) - own.x) < flush;
  const isOpen = isFar && isFlush && !leadsToValue(hit.line, hit.end) && !/\d/.test(candidate.text);
  return isOpen ? { ...candidate, isDoubtful: true } : candidate;
}

/** How far down a page a heading may stand. */
const lowestHeading = 0.5;

/** `Invoice FA-2017-0010`: the heading of a document with its number right behind it. */
function underHeading(view: View, field: ScalarField, kind: Kind, locale: string): Candidate[] {
  const headings = kind === 'code' ? headingsOf(field) : [];
  if (headings.length === 0) return [];
  return findLabels(view, field, headings).flatMap((hit) => {
    const rest = wordsAfter(hit);
    const text = textOf(rest);
    const [span] = findSpans(text, kind, field, locale);
    if (!span || !/^(?:n[°ºor]\.?|[#:\s])*$/i.test(text.slice(0, span.start)) || hit.line.y > lowestHeading) return [];
    const words = wordsOfSpan(rest, span.start, span.end);
    const largest = Math.min(0.1, Math.max(0, hit.line.height / view.height - 1) * 0.2);
    return [
      {
        words,
        text: text.slice(span.start, span.end),
        score: hit.quality * 0.75 + largest,
        reason: 'after the heading',
      },
    ];
  });
}

function beside(
  hit: LabelHit,
  kind: Kind,
  field: ScalarField,
  locale: string,
  isLabel: (text: string) => boolean,
): Candidate[] {
  const rest = wordsAfter(hit);
  if (kind === 'choice') {
    const marked = markedBeside(hit, rest, isLabel);
    if (marked) return marked;
  }
  if (rest.length === 0) return [];
  if (isFree(kind)) return freeBeside(hit, rest, kind, isLabel);
  const text = textOf(rest);
  const spans = spansIn(rest, field, locale);
  return spans.slice(0, 6).map((span, place) => {
    const words = wordsOfSpan(rest, span.start, span.end);
    const last = place === spans.length - 1;
    // An amount stands at the end of its line; everything else right after its label.
    const order = kind === 'number' ? (last ? 1 : 0.8) : 1 - place * 0.25;
    const between = text.slice(0, span.start);
    // Another label between them owns the value.
    const owned = between.split(/\t|\s{2,}|:/).some((part) => part.trim().length > 2 && isLabel(part)) ? 0.5 : 1;
    // `Related invoice FA-1` is not the invoice's own number.
    const other =
      kind === 'code' && lettersIn(between.replace(/\b(no|nr|num|number|nummer|n[°º])\b/gi, '')) > 0 ? 0.5 : 1;
    const foreign = kind === 'date' && namesAnother(between, field) ? 0.5 : 1;
    const far = Math.max(0.35, 1 - lettersIn(between) / (kind === 'number' ? 50 : 40));
    const score = hit.quality * relation.right * span.fit * order * owned * other * foreign * far;
    return { words, text: text.slice(span.start, span.end), score, reason: 'beside its label', value: span.value };
  });
}

/** What is ticked beside a label: of several options one, or the single mark itself. null where nothing can be ticked. */
function markedBeside(hit: LabelHit, rest: IndexedWord[], isLabel: (text: string) => boolean): Candidate[] | null {
  const before = hit.line.words.slice(0, hit.start);
  const options = markedOptions(rest);
  const leading = markedOptions(before).at(-1);
  // `☒ Smoker`: the mark stands before its label, and nothing to tick behind it.
  const own = options.length === 0 && leading?.text === '' ? [leading] : options;
  if (own.length === 0) return null;
  const next = own.findIndex(({ text }, place) => place > 0 && isLabel(text));
  const ticked = own.slice(0, next < 0 ? own.length : next).filter(({ isChecked }) => isChecked);
  const chosen = own.length === 1 ? own : ticked;
  return chosen.map(({ isChecked, text, words }) => ({
    words,
    text: own.length === 1 && (text === '' || !isChecked) ? (isChecked ? '☒' : '☐') : text,
    // Of several that are ticked none is the only one.
    score: hit.quality * (chosen.length === 1 ? 1 : 0.5),
    reason: 'as what is ticked',
  }));
}

/** `Date of delivery` is not the date of an invoice, `Date of issue` is: what the date is of decides. */
function namesAnother(between: string, field: ScalarField): boolean {
  const [, thing] = /^\s*(?:of|de|du|des|der)\s+(?:the\s+)?(\p{L}{3,})/iu.exec(between) ?? [];
  if (!thing) return false;
  const own = [field.name, field.label, ...field.aliases].join(' ').toLowerCase();
  return !own.includes(thing.toLowerCase());
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\d]/gu)?.length ?? 0;
}

/** A name or text runs to the end of its cell. */
function freeBeside(hit: LabelHit, rest: IndexedWord[], kind: Kind, isLabel: (text: string) => boolean): Candidate[] {
  const own = hit.line.cells.find((cell) => cell.words.some((word) => word.index === rest[0]?.index));
  const words = own ? rest.filter((word) => own.words.some((one) => one.index === word.index)) : [];
  const text = textOf(words);
  if (isLabel(text) || text.endsWith(':') || (kind === 'name' && !isNameLike(text))) return [];
  const sameCell = hit.line.cells.some(
    (cell) => cell.words.includes(hit.line.words[hit.start] as IndexedWord) && cell === own,
  );
  const certain = leadsToValue(hit.line, hit.end) ? 1 : sameCell ? 0.5 : 0.85;
  return [{ words, text: trimmed(text), score: hit.quality * certain, reason: 'beside its label' }];
}

function below(
  view: View,
  hit: LabelHit,
  kind: Kind,
  field: ScalarField,
  locale: string,
  isLabel: (text: string) => boolean,
): Candidate[] {
  const first = hit.line.words[hit.start];
  const last = hit.line.words[hit.end - 1];
  if (!first || !last) return [];
  const area = { x: first.x, right: last.x + last.width };
  for (const line of view.lines.slice(hit.line.number + 1, hit.line.number + 1 + linesBelow)) {
    const down = (line.y - hit.line.y) / Math.max(hit.line.height, 0.001);
    // A block that is set sideways counts as one high line in the middle of others.
    if (down > maxDistanceBelow) continue;
    const cell = line.cells.find((one) => one.x < area.right && one.right > area.x) ?? nearest(line.cells, area.x);
    if (!cell || (kind !== 'choice' && markOf(cell.text) !== null)) continue;
    if (isLabel(cell.text)) return [];
    if (kind === 'name' && !isNameLike(cell.text)) continue;
    const found = inCell(cell, kind, field, locale);
    if (found.length === 0) return [];
    const alone = hit.line.cells.some((one) => one.words[0] === first && one.words.at(-1) === last);
    const closeness = 1 - 0.08 * Math.max(0, down - 1);
    const base = hit.quality * (alone ? relation.below : 0.5) * closeness;
    return found.map((candidate) => ({ ...candidate, score: candidate.score * base, reason: 'below its label' }));
  }
  return [];
}

function nearest(cells: readonly Cell[], x: number): Cell | undefined {
  return cells.find((cell) => Math.abs(cell.x - x) < 0.02);
}

function inCell(cell: Cell, kind: Kind, field: ScalarField, locale: string): Candidate[] {
  if (isFree(kind)) return [{ words: cell.words, text: trimmed(cell.text), score: 1, reason: '' }];
  return spansIn(cell.words, field, locale)
    .slice(0, 1)
    .map((span) => ({
      words: wordsOfSpan(cell.words, span.start, span.end),
      text: cell.text.slice(span.start, span.end),
      score: span.fit,
      reason: '',
      value: span.value,
    }));
}

function isFree(kind: Kind): boolean {
  return kind === 'name' || kind === 'address' || kind === 'text';
}

/** Without what leads from a label to it. The minus or the point right before a number is its own. */
function trimmed(text: string): string {
  const lead = /^[\s:：.\-–#]*/.exec(text)?.[0] ?? '';
  const rest = text.slice(lead.length);
  const sign = /^\d/.test(rest) ? (/(?<!\.)[.\-–]$/.exec(lead)?.[0] ?? '') : '';
  return `${sign}${rest}`.replace(/(?<![\s:;,])[\s:;,]+$/g, '');
}
