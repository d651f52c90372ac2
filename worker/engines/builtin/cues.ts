import type { ScalarField } from '#lib/extraction/field.ts';
import { findCurrency } from '#lib/normalise/currency.ts';
import type { Candidate } from './candidates.ts';
import { findSpans, isGrandTotal, isTax, kindOf } from './kinds.ts';
import { firmSign, isNameLike, isPlaceHeading } from './names.ts';
import { type Cell, toCell, type View, wordsOfSpan } from './view.ts';

const postcode = /(?<!\d)\d{4,6}(?!\d)|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b/;

const isSender = (field: ScalarField) =>
  /seller|vendor|supplier|merchant|company|shop|store|bank|issuer|full.?name|organi[sz]ation/i.test(
    `${field.name} ${field.description ?? ''}`,
  );
const isReceiver = (field: ScalarField) =>
  /buyer|customer|client|bill.?to|recipient|who has to pay/i.test(`${field.name} ${field.description ?? ''}`);

/** Candidates for fields that often have no label: where things of their kind usually stand. */
export function unlabelledCandidates(view: View, field: ScalarField, locale: string): Candidate[] {
  switch (kindOf(field)) {
    case 'currency':
      return currencyBySigns(view, locale);
    case 'name':
      if (isReceiver(field)) return receiver(view);
      return isSender(field) ? sender(view) : [];
    case 'address':
      return /seller|merchant|shop|company|store|top/i.test(`${field.name} ${field.description ?? ''}`) ||
        field.required
        ? addressUnderSender(view)
        : [];
    case 'email':
    case 'phone':
    case 'iban':
      return firstOfKind(view, field, locale);
    case 'date':
      return onlyDate(view, field, locale);
    case 'number':
      if (isGrandTotal(field)) return largestSum(view, field, locale);
      return isTax(field) ? taxTotal(view, field, locale) : [];
    default:
      return [];
  }
}

/** The currency that stands beside the most amounts. */
function currencyBySigns(view: View, locale: string): Candidate[] {
  const found = view.lines.flatMap((line) =>
    line.cells.flatMap((cell) => {
      const span = findCurrency(cell.text, locale);
      return span ? [{ cell, span }] : [];
    }),
  );
  const byCode = [...Map.groupBy(found, ({ span }) => span.value).values()].toSorted((a, b) => b.length - a.length);
  const best = byCode[0]?.[0];
  if (!best) return [];
  const { cell, span } = best;
  const text = cell.text.slice(span.start, span.end);
  return [
    { words: wordsOfSpan(cell.words, span.start, span.end), text, score: 0.7, reason: 'the currency of most amounts' },
  ];
}

/** The name at the top: a firm's sign or large letters make it certain. A scan parts words far apart: its lines count whole. */
function sender(view: View): Candidate[] {
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
    return [{ words, text: part.text, score, reason: 'the name at the top' }];
  });
  return rated.toSorted((one, other) => other.score - one.score).slice(0, 3);
}

/** Without the address or the registration that may follow: `Au bon moulin SARL - 1242 chemin de l'olive`, `Aeon (126926-H)`. */
function nameIn(text: string): { text: string; start: number } {
  const start = text.length - text.replace(/^[^\p{L}\d]+/u, '').length;
  const [name = ''] = text.slice(start).split(/\s[-–|•·]\s|,\s|\s*\(?[A-Z]{0,3}\d{5,}/);
  return { text: name.replace(/[^\p{L}\d).]+$/u, ''), start };
}

/** The first line of the block of lines that ends with a postcode and town, and is not the sender's. */
function receiver(view: View): Candidate[] {
  const [own] = sender(view);
  const found: Candidate[] = [];
  for (const line of view.lines.filter((one) => one.y < 0.5)) {
    for (const cell of line.cells) {
      if (!postcode.test(cell.text) || !/\p{L}{3}/u.test(cell.text)) continue;
      const block = blockAbove(view, cell);
      const head = block.at(-1);
      if (!head || block.length < 2 || !isNameLike(head.text) || head.text === own?.text) continue;
      found.push({ words: head.words, text: head.text, score: 0.55, reason: 'the head of an address block' });
    }
  }
  return found.slice(0, 2);
}

/** How far apart the lines of one address may stand, in heights of a word. */
const widestAddressGap = 4.6;

/** Cells above one another with the same left edge, upwards, up to what heads them. */
function blockAbove(view: View, cell: Cell): Cell[] {
  const block: Cell[] = [];
  let at = cell;
  for (const line of view.lines.slice(0, cell.line).toReversed()) {
    const above = line.cells.find((one) => Math.abs(one.x - cell.x) < 0.015);
    const lineGap = ((view.lines[at.line]?.y ?? 0) - line.y) / Math.max(view.height, 0.001);
    if (lineGap > widestAddressGap) break;
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
const addressSign =
  /\d|(?<!\p{L})(jalan|jln|street|st|road|rd|avenue|ave|lane|no|lot|taman|straße|strasse|rue|via|calle|floor|suite)(?!\p{L})/iu;
const registration = /^\W*\(?[A-Z\d]{4,}[\s-]*[A-Z]?\)?\W*$/;
const mostAddressLines = 6;

/** The lines under the name at the top, as long as they look like an address, to the postcode and the state behind it. */
function addressUnderSender(view: View): Candidate[] {
  const first = sender(view)[0]?.words[0];
  const start = first ? view.lines.findIndex((line) => line.words.some((word) => word.index === first.index)) + 1 : 0;
  const lines = [];
  let hasPostcode = false;
  for (const line of view.lines.slice(start, start + mostAddressLines + 3)) {
    const text = line.words.map((word) => word.text).join(' ');
    if (notAddress.test(text) || registration.test(text)) {
      if (lines.length > 0) break;
      continue;
    }
    if (hasPostcode && (/\d/.test(text) || line.words.length > 4)) break;
    if (lines.length === 0 && !addressSign.test(text)) continue;
    lines.push(line);
    if (hasPostcode || lines.length === mostAddressLines) break;
    hasPostcode = /(?<!\d)\d{5}(?!\d)/.test(text);
  }
  const words = lines.flatMap((line) => line.words).filter((word) => /[\p{L}\d]/u.test(word.text));
  const text = words.map((word) => word.text).join(' ');
  const isAddress = /\d/.test(text) && text.length > 12 && (hasPostcode || lines.length > 1);
  return isAddress ? [{ words, text, score: 0.6, reason: 'the lines under the name' }] : [];
}

function firstOfKind(view: View, field: ScalarField, locale: string): Candidate[] {
  for (const line of view.lines) {
    const text = line.words.map((word) => word.text).join(' ');
    const [span] = findSpans(text, kindOf(field), field, locale);
    if (span)
      return [
        {
          words: wordsOfSpan(line.words, span.start, span.end),
          text: text.slice(span.start, span.end),
          score: 0.5,
          reason: 'the only one of its kind',
        },
      ];
  }
  return [];
}

const sumWord =
  /(?<!\p{L})(total|totals|summe|sum|gesamt\w*|betrag|rechnungsbetrag|montant|importe|totale|amount|payable|due|à payer|zu zahlen|zahlbetrag)(?!\p{L})/iu;
const partWord =
  /(?<!\p{L})(sub|netto|net|ht|hors|excl|exkl|tax|vat|mwst|ust|tva|gst|discount|rabatt|remise|cash|change|paid|tender|rounding|qty|items?|saving|acompte|anzahlung)(?!\p{L})/iu;
const wholeWord =
  /(?<!\p{L})(inkl|incl|including|inclusive|ttc|brutto|grand|due|payable|à payer|zahlbetrag)(?!\p{L})/iu;

const taxSum =
  /(?<!\p{L})(total|summe|gesamt\w*|montant)\s*(des?\s+|der\s+)?(tax(es)?|vat|tva|mwst|ust|gst|iva|btw)(?!\p{L})|(?<!\p{L})(tax|vat|tva|mwst|ust|gst)\s*(total|amount|gesamt|summe|betrag)(?!\p{L})/iu;

/** The amount on a line that speaks of all taxes together. */
function taxTotal(view: View, field: ScalarField, locale: string): Candidate[] {
  return view.lines.flatMap((line) =>
    line.cells.flatMap((cell, place) => {
      const sum = taxSum.exec(cell.text);
      if (!sum || /(incl|inkl|excl|exkl|ohne|before)/i.test(cell.text)) return [];
      const words = [cell, ...line.cells.slice(place + 1)].flatMap((one) => one.words);
      const text = words.map((word) => word.text).join(' ');
      const span = findSpans(text, 'number', field, locale).findLast(({ fit }) => fit === 1);
      if (!span) return [];
      const found = wordsOfSpan(words, span.start, span.end);
      return [
        {
          words: found,
          text: text.slice(span.start, span.end),
          score: 0.97,
          reason: 'the sum of taxes',
          value: span.value,
        },
      ];
    }),
  );
}

/** The largest amount on a line that speaks of a sum, the later of equal ones. */
function largestSum(view: View, field: ScalarField, locale: string): Candidate[] {
  const sums = view.lines.flatMap((line) => {
    const text = line.words.map((word) => word.text).join(' ');
    if (!sumWord.test(text) || (partWord.test(text) && !wholeWord.test(text))) return [];
    const span = findSpans(text, 'number', field, locale).findLast(({ fit }) => fit === 1);
    if (!span) return [];
    const words = wordsOfSpan(line.words, span.start, span.end);
    const score = wholeWord.test(text) ? 0.66 : 0.58;
    return [{ words, text: text.slice(span.start, span.end), score, reason: 'the largest sum', value: span.value }];
  });
  const largest = Math.max(...sums.map(({ value }) => Math.abs(value ?? 0)));
  return sums.filter(({ value }) => Math.abs(value ?? 0) === largest).slice(-1);
}

/** A date without a label, when the field is required or is the document's own date, and the page has one date only. */
function onlyDate(view: View, field: ScalarField, locale: string): Candidate[] {
  if (!field.required && !/^(date|issue|invoice)/i.test(field.name)) return [];
  const found = view.lines.flatMap((line) => {
    const text = line.words.map((word) => word.text).join(' ');
    return findSpans(text, 'date', field, locale).map((span) => ({
      words: wordsOfSpan(line.words, span.start, span.end),
      text: text.slice(span.start, span.end),
    }));
  });
  const [first] = found;
  const different = new Set(found.map(({ text }) => text)).size;
  if (!first) return [];
  return [
    { ...first, score: different === 1 ? 0.6 : 0.45, reason: different === 1 ? 'the only date' : 'the first date' },
  ];
}
