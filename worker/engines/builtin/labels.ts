import type { Field } from '#lib/core/fields/field.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import type { IndexedWord, View, ViewLine } from './view.ts';

/** A label of a field, found on the page. */
export interface LabelHit {
  line: ViewLine;
  /** Places in the line's words, `end` exclusive. */
  start: number;
  end: number;
  /** 0–1: how well it is spelt, and whether it stands where labels stand. */
  quality: number;
  /** Letters matched: of two labels at one place the longer is meant. */
  length: number;
}

const maxLabelWords = 8;

/** Words for "number", in the languages of labels; all are one sign, so that `Beleg-Nr` and `Belegnummer` are equal. */
const numberWord = /^(no|nr|num|number|nummer|numero|n[°ºo]|#)$/;
const numberEnd = /(number|nummer|numero|nr)$/;

/** A label's letters, without case, accents, hyphens and plural, the words for "number" as one sign. */
function canonical(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\-–/]+/)
    .map((word) => word.replace(/(?<![.:,])[.:,]+$/, ''));
  return words
    .map((word) =>
      numberWord.test(word)
        ? '#'
        : lettersAndDigits(word)
            .replace(numberEnd, '#')
            .replace(/(?<=\w{4})s$/, ''),
    )
    .join('');
}

/** The texts that may stand beside a field's value, as `canonical` gives them. */
export function labelsOf(field: Field): string[] {
  const labels = [field.label, field.name.replaceAll('_', ' '), ...field.aliases].map(canonical);
  return [...new Set(labels)].filter((label) => label.length >= 2);
}

/** Whether a text is the label of one of these. */
export function isLabelOf(labels: ReadonlySet<string>, text: string): boolean {
  return labels.has(canonical(text));
}

/** `Rechnung` for `Rechnung Nr`: a document's own heading stands for the label of its number. */
export function headingsOf(field: Field): string[] {
  const bare = labelsOf(field).flatMap((label) =>
    label.endsWith('#') && label.length > 5 ? [label.slice(0, -1).replace(/s$/, '')] : [],
  );
  return [...new Set(bare)];
}

/** A run of a line's words that may be a label: nearly every field asks for the same ones. */
interface Phrase {
  line: ViewLine;
  start: number;
  end: number;
  /** Canonical. */
  text: string;
}

interface Phrases {
  byText: ReadonlyMap<string, Phrase[]>;
  byLength: ReadonlyMap<number, string[]>;
}

const known = new WeakMap<View, Phrases>();

function phrasesOf(view: View): Phrases {
  const before = known.get(view);
  if (before) return before;
  const byText = Map.groupBy(
    view.lines.flatMap((line) => phrasesIn(line)),
    ({ text }) => text,
  );
  const phrases = { byText, byLength: Map.groupBy(byText.keys(), (text) => text.length) };
  known.set(view, phrases);
  return phrases;
}

function phrasesIn(line: ViewLine): Phrase[] {
  const folded = line.words.map((word) => canonical(word.text));
  return folded.flatMap((_, start) => {
    let text = '';
    return folded.slice(start, start + maxLabelWords).flatMap((part, more) => {
      text += part;
      return part === '' ? [] : [{ line, start, end: start + more + 1, text }];
    });
  });
}

/** Every place of a page where one of a field's labels stands, word by word, forgiving what OCR does to letters. */
export function findLabels(view: View, field: Field, labels: readonly string[] = labelsOf(field)): LabelHit[] {
  const { byText, byLength } = phrasesOf(view);
  const spelling = new Map<string, number>();
  for (const label of labels) {
    const allowed = allowedErrors(label, view.isOcr);
    if (byText.has(label)) spelling.set(label, 1);
    for (let length = label.length - allowed; allowed > 0 && length <= label.length + allowed; length++) {
      for (const text of byLength.get(length) ?? []) {
        // A figure right behind a label is its value, not a slip of its spelling.
        if (text !== label && figureAtEnd(text) !== figureAtEnd(label)) continue;
        const likeness = alike(label, text, allowed);
        if (likeness > (spelling.get(text) ?? 0)) spelling.set(text, likeness);
      }
    }
  }
  const hits = [...spelling].flatMap(([text, likeness]) =>
    (byText.get(text) ?? []).map(({ line, start, end }): LabelHit => {
      return { line, start, end, quality: likeness * standing(line, start, end), length: text.length };
    }),
  );
  const byLine = Map.groupBy(hits, ({ line }) => line);
  return [...byLine.values()]
    .flatMap((all) => all.filter((hit) => !all.some((other) => other !== hit && covers(other, hit))))
    .toSorted((a, b) => a.line.number - b.line.number || a.start - b.start || a.end - b.end);
}

const figureAtEnd = (text: string) => /(?<!\d)\d+$/.exec(text)?.[0];

function covers(other: LabelHit, hit: LabelHit): boolean {
  return other.start <= hit.start && other.end >= hit.end && other.length > hit.length;
}

/** Letters that may differ in a label: one in so many. */
function allowedErrors(label: string, isOcr: boolean): number {
  return Math.floor(label.length / (isOcr ? 5 : 9));
}

/** 1 for equal; less for a letter or two of difference in a long word. */
function alike(label: string, text: string, allowed: number): number {
  const distance = editDistance(label, text, allowed);
  return distance <= allowed ? 1 - distance * 0.08 : 0;
}

const including = /^(inkl|incl|including|inclusive|mit|with|ttc|dont|davon|before|excl|exkl|ohne|without|hors|of)\.?$/i;

/** A colon or a row of dots leads from a label to its value. */
export function leadsToValue(line: ViewLine, end: number): boolean {
  return /[:：]$/.test(line.words[end - 1]?.text ?? '') || /^(?:[:：]|[.·…_]{3,})/.test(line.words[end]?.text ?? '');
}

/** Labels begin a cell, or follow another value; inside a sentence the same word is just a word. */
function standing(line: ViewLine, start: number, end: number): number {
  const word = line.words[start];
  const beginsCell = line.cells.some((cell) => cell.words[0]?.index === word?.index);
  const last = line.words[end - 1];
  const endsCell = line.cells.some((cell) => cell.words.at(-1)?.index === last?.index);
  const isLed = leadsToValue(line, end);
  if (beginsCell) return isLed || endsCell ? 1 : 0.9;
  // `Total incl. VAT` is a total: the VAT is only part of it.
  if (including.test(line.words[start - 1]?.text ?? '')) return 0.25;
  return isLed ? 0.85 : 0.55;
}

/** Levenshtein's distance, given up when it passes `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Words of a line behind a label, without the colon or dots that lead to the value. */
export function wordsAfter({ line, end }: LabelHit): IndexedWord[] {
  let from = end;
  while (/^[:：.·\-–=#]+$/.test(line.words[from]?.text ?? '')) from += 1;
  return line.words.slice(from);
}
