import type { Candidate } from './candidate.ts';
import { firmSign, isNameLike, isPlaceHeading } from './names.ts';
import { type Cell, toCell, textOf, type View, wordsOfSpan } from './view.ts';

const postcode = /(?<!\d)\d{4,6}(?!\d)|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b/;

/** The name at the top: a firm's sign or large letters make it certain. A scan parts words far apart: its lines count whole. */
export function sender(view: View): Candidate[] {
  const lines = view.lines.filter((line) => line.y < 0.4).slice(0, 12);
  const top = lines.flatMap((line) => (view.isOcr ? [toCell(line.words, line.number)] : line.cells));
  const rated = top.flatMap((cell, place) => {
    const part = nameIn(cell.text);
    if (!isNameLike(part.text)) return [];
    const words = wordsOfSpan(cell.words, part.start, part.start + part.text.length);
    const height = Math.max(...words.map((word) => word.height)) / view.height;
    const isSure = words.every((word) => word.confidence === null || word.confidence > 0.3);
    const size = Math.min(0.15, Math.max(0, height - 1.1) * 0.15);
    const score = 0.5 + (firmSign.test(part.text) ? 0.25 : 0) + size - place * 0.025 - (isSure ? 0 : 0.2);
    return [{ words, text: part.text, score, reason: 'as the name at the top', isDoubtful: !firmSign.test(part.text) }];
  });
  return rated.toSorted((one, other) => other.score - one.score).slice(0, 3);
}

/** Without the address or the registration that may follow: `Au bon moulin SARL - 1242 chemin de l'olive`, `Aeon (126926-H)`. */
function nameIn(text: string): { text: string; start: number } {
  const start = text.length - text.replace(/^[^\p{L}\d]+/u, '').length;
  const [name = ''] = text.slice(start).split(/\s[-–|•·]\s|,\s|\(?[A-Z]{0,3}\d{5,}/);
  return { text: name.replace(/(?<![^\p{L}\d).])[^\p{L}\d).]+$/u, ''), start };
}

/** The first line of the block of lines that ends with a postcode and town, and is not the sender's. */
export function receiver(view: View): Candidate[] {
  const [own] = sender(view);
  const found: Candidate[] = [];
  for (const line of view.lines.filter((one) => one.y < 0.5)) {
    for (const cell of line.cells) {
      if (!postcode.test(cell.text) || !/\p{L}{3}/u.test(cell.text)) continue;
      const block = blockAbove(view, cell);
      const head = block.at(-1);
      if (!head || block.length < 2 || !isNameLike(head.text) || head.text === own?.text) continue;
      found.push({
        words: head.words,
        text: head.text,
        score: 0.55,
        reason: 'as the head of an address block',
        isDoubtful: true,
      });
    }
  }
  return found.slice(0, 2);
}

/** How far apart the lines of one address may stand, in heights of a word. */
const maxAddressGap = 4.6;

/** Cells above one another with the same left edge, upwards, up to what heads them. */
function blockAbove(view: View, cell: Cell): Cell[] {
  const block: Cell[] = [];
  let at = cell;
  for (const line of view.lines.slice(0, cell.line).toReversed()) {
    const above = line.cells.find((one) => Math.abs(one.x - cell.x) < 0.015);
    const lineGap = ((view.lines[at.line]?.y ?? 0) - line.y) / Math.max(view.height, 0.001);
    if (lineGap > maxAddressGap) break;
    if (!above) continue;
    // The sender's own address stands on one line above the receiver's.
    if (/:|[●•|]/.test(above.text) || isPlaceHeading(above.text) || postcode.test(above.text)) break;
    block.push(above);
    at = above;
  }
  return block;
}

const notAddress =
  /(?<!\p{L})(tel|fax|phone|gst|reg|invoice|receipt|date|cashier|table|email|www|company no|co\.? ?no|co-reg|tax|roc|id)(?!\p{L})|@|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}:\d{2}|\d{1,2} (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;
const streetWord =
  /(?<!\p{L})(jalan|jln|street|st|road|rd|avenue|ave|lane|no|lot|taman|straße|strasse|rue|via|calle|floor|suite)(?!\p{L})/iu;
const registration = /^\W*[A-Z\d]{4,}(?:[\s-]*[A-Z])?\W*$/;
const maxAddressLines = 6;

/** The lines under the name at the top, as long as they look like an address, to the postcode and the state behind it. */
export function addressUnderSender(view: View): Candidate[] {
  const first = sender(view)[0]?.words[0];
  const start = first ? view.lines.findIndex((line) => line.words.some((word) => word.index === first.index)) + 1 : 0;
  const lines = [];
  let hasPostcode = false;
  for (const line of view.lines.slice(start, start + maxAddressLines + 3)) {
    const text = textOf(line.words);
    if (notAddress.test(text) || registration.test(text)) {
      if (lines.length > 0) break;
      continue;
    }
    if (hasPostcode && (/\d/.test(text) || line.words.length > 4)) break;
    if (lines.length === 0 && !/\d/.test(text) && !streetWord.test(text)) continue;
    lines.push(line);
    if (hasPostcode || lines.length === maxAddressLines) break;
    hasPostcode = /(?<!\d)\d{5}(?!\d)/.test(text);
  }
  const words = lines.flatMap((line) => line.words).filter((word) => /[\p{L}\d]/u.test(word.text));
  const text = words.map((word) => word.text).join(' ');
  const isAddress = /\d/.test(text) && text.length > 12 && (hasPostcode || (lines.length > 1 && streetWord.test(text)));
  return isAddress ? [{ words, text, score: 0.6, reason: 'as the lines under the name' }] : [];
}
