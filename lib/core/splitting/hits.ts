import type { Target, Hit, Standing } from './types.ts';
import { type Identifier, identifierOf, readIdentifier } from './identifier.ts';
import { findLabels, type LabelPlace } from './labels.ts';
import { type LineCell, type PageLine, type PlacedWord, smallWords, textOf } from './page-lines.ts';

/** Unlabelled numbers kept of a page: one full of transaction numbers says no more with all of them. */
const maxDistanceAlone = 80;
const minListed = 2;
const slack = 0.02;

const crossReference =
  /\b(?:see|related|refer(?:s|red|ring)?|cross|prior|previous(?:ly)?|former(?:ly)?|old|other|also|replac\w*|refinanc\w*|payoff|paid\s+off|transfer\w*|linked|successor|secondary|sister|companion|consolidat\w*|supersed\w*|guarant\w*|moved|from|to|against|unlike)\b/i;
/** Words that point elsewhere even from another cell of the line. */
const pointer = /\b(?:see|related|refinanced|previously|formerly|transfer(?:red)?)\b/i;
const startsWithDate = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}$/;

/** Every identifier of a page with how it stands there, in reading order. */
export function findHits(lines: readonly PageLine[], target: Target, isOcr: boolean): Hit[] {
  const labelled = lines.flatMap((line, number) =>
    findLabels(line, target.identifier, isOcr).flatMap((place) => hitsAt(lines, number, place, target, isOcr)),
  );
  const patterned = target.shape.split ? findPatterned(lines, target, isOcr) : [];
  const taken = new Set(labelled.flatMap((hit) => hit.words));
  const others = [...patterned, ...findAlone(lines, target, isOcr)].filter((hit) => {
    const isNew = !hit.words.some((word) => taken.has(word));
    for (const word of hit.words) taken.add(word);
    return isNew;
  });
  return [...labelled, ...others].toSorted((a, b) => a.line - b.line || (a.words[0] ?? 0) - (b.words[0] ?? 0));
}

function hitsAt(lines: readonly PageLine[], number: number, place: LabelPlace, target: Target, isOcr: boolean): Hit[] {
  const line = lines[number];
  if (!line) return [];
  const beside = valueBeside(line, place, target, isOcr);
  if (beside)
    return [
      toHit(beside, number, standingOf(lines, number, place, beside), pointsElsewhere(lines, number, place), true),
    ];
  const below = valuesBelow(lines, number, place, target, isOcr);
  const listed = new Set(below.map(({ found }) => found.canonical)).size;
  const standing = listed >= minListed || smallWords(line.words) > 3 ? 'mentioned' : 'labelled';
  const isCrossReference = pointsElsewhere(lines, number, place);
  return below.map(({ found, line: at }) =>
    toHit(found, at, isCrossReference ? 'mentioned' : standing, isCrossReference, true),
  );
}

/** The value behind a label on its line, in its cell or the next. */
function valueBeside(line: PageLine, { end }: LabelPlace, target: Target, isOcr: boolean): Identifier | null {
  let from = end;
  while (/^(?:[:：.·\-–=#]+|is|no\.?|number|nr\.?)$/i.test(line.words[from]?.text ?? '')) from += 1;
  const first = line.words[from];
  const cell = line.cells.find((one) => first && one.words.includes(first));
  if (!first || !cell) return null;
  const label = line.words[end - 1];
  // A cell far off across another one is another thing; one that begins with the value is the value's.
  const isOwnCell = label !== undefined && cell.words.includes(label);
  if (!isOwnCell && cell.words[0] !== first) return null;
  return readIdentifier(cell.words.slice(cell.words.indexOf(first)), target.shape, isOcr);
}

/** The values in the column under a label, down to the first line that has none. */
function valuesBelow(lines: readonly PageLine[], number: number, place: LabelPlace, target: Target, isOcr: boolean) {
  const words = lines[number]?.words.slice(place.start, place.end) ?? [];
  const [left, right] = [words[0]?.x ?? 0, Math.max(0, ...words.map((word) => word.x + word.width))];
  const values: { found: Identifier; line: number }[] = [];
  for (let at = number + 1; at < Math.min(lines.length, number + 4 + values.length); at++) {
    const cell = lines[at]?.cells.find((one) => one.x < right + slack && one.right > left - slack);
    const found = cell ? readCell(cell, target, isOcr) : null;
    if (found) values.push({ found, line: at });
    else if (values.length > 0 || cell) break;
  }
  return values;
}

function readCell(cell: LineCell, target: Target, isOcr: boolean): Identifier | null {
  return cell.words.length <= 5 ? readIdentifier(cell.words, target.shape, isOcr) : null;
}

function standingOf(lines: readonly PageLine[], number: number, place: LabelPlace, value: Identifier): Standing {
  const line = lines[number];
  if (!line || pointsElsewhere(lines, number, place)) return 'mentioned';
  if (startsWithDate.test(line.words[0]?.text ?? '')) return 'mentioned';
  const cell = cellAt(line, place);
  const others = cell.filter(
    (word) => !value.words.includes(word.index) && !line.words.slice(place.start, place.end).includes(word),
  );
  if (smallWords(others) >= 3) return 'mentioned';
  const isSmall = /^\p{Ll}/u.test(line.words[place.start]?.text ?? '');
  return isSmall && isSentence(lines[number - 1]) ? 'mentioned' : 'labelled';
}

/** The cell that a label stands in. */
function cellAt(line: PageLine, { start }: Pick<LabelPlace, 'start'>): PlacedWord[] {
  const first = line.words[start];
  return line.cells.find((cell) => first && cell.words.includes(first))?.words ?? [];
}

/** Whether the words before a label, on its line or at the end of a sentence above, point to another account. */
function pointsElsewhere(lines: readonly PageLine[], number: number, { start }: LabelPlace): boolean {
  const line = lines[number];
  const first = line?.words[start];
  if (!line || !first) return false;
  const cell = cellAt(line, { start });
  const before = cell.slice(0, cell.indexOf(first));
  const above = lines[number - 1];
  const sentence = before.length === start && isSentence(above) ? (above?.words.slice(-4) ?? []) : [];
  return crossReference.test(textOf([...sentence, ...before])) || pointer.test(textOf(line.words.slice(0, start)));
}

function isSentence(line: PageLine | undefined): boolean {
  return (
    line !== undefined &&
    line.words.length >= 6 &&
    smallWords(line.words) >= 4 &&
    !/[.!?:]$/.test(line.words.at(-1)?.text ?? '')
  );
}

/** Places where `split.pattern` matches a whole cell, or one word of a line that is no sentence. */
function findPatterned(lines: readonly PageLine[], target: Target, isOcr: boolean): Hit[] {
  return lines.flatMap((line, number) => {
    const isProse = smallWords(line.words) >= 3 || startsWithDate.test(line.words[0]?.text ?? '');
    return line.cells.flatMap((cell) => {
      const whole = cell.words.length <= 5 ? identifierOf(cell.words, target.shape, isOcr) : null;
      const found = whole ? [whole] : cell.words.flatMap((word) => identifierOf([word], target.shape, isOcr) ?? []);
      const isCross = crossReference.test(textOf(cell.words));
      return found
        .filter((one) => !one.isMasked)
        .map((one) => toHit(one, number, isProse || isCross ? 'mentioned' : 'labelled', isCross, true));
    });
  });
}

/** Numbers without a label. In a line of their own they may head a page; in a sentence they are only mentioned. */
function findAlone(lines: readonly PageLine[], target: Target, isOcr: boolean): Hit[] {
  const hits: Hit[] = [];
  for (const [number, line] of lines.entries()) {
    if (hits.length >= maxDistanceAlone) break;
    const isProse = smallWords(line.words) >= 3 || startsWithDate.test(line.words[0]?.text ?? '');
    for (const cell of line.cells) {
      const isCross = crossReference.test(textOf(cell.words));
      const standing = isProse || isCross || cell.words.length > 5 ? 'mentioned' : 'alone';
      const found = numbersIn(cell.words, target, isOcr);
      hits.push(...found.map((one) => toHit(one, number, standing, isCross)));
    }
  }
  return hits;
}

/** Every identifier among the words of a cell, each as long as it goes. */
function numbersIn(words: readonly PlacedWord[], target: Target, isOcr: boolean): Identifier[] {
  const found: Identifier[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!/\d{2}/.test(words[at]?.text ?? '')) continue;
    const one = readIdentifier(words.slice(at), target.shape, isOcr);
    if (!one) continue;
    found.push(one);
    at += one.words.length - 1;
  }
  return found;
}

function toHit(
  found: Identifier,
  line: number,
  standing: Standing,
  isCrossReference: boolean,
  isLabelled = false,
): Hit {
  return { ...found, line, standing, isCrossReference, isLabelled };
}
