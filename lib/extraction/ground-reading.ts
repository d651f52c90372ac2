import type { Difference } from '#lib/grounding/claim.ts';
import { ground } from '#lib/grounding/ground.ts';
import { eraOf } from '#lib/normalise/century.ts';
import { findDates } from '#lib/normalise/date.ts';
import { datesLocale } from '#lib/normalise/date-order.ts';
import { formatSignals } from '#lib/normalise/pattern-check.ts';
import { decimalMarkIn, numbersLocale } from '#lib/normalise/decimal-mark.ts';
import { plainDigits } from '#lib/normalise/digits.ts';
import { findNumbers } from '#lib/normalise/number.ts';
import { normalise, otherNumbers } from '#lib/normalise/value.ts';
import { type Definition, fieldAt } from './definition.ts';
import type { ScalarField } from './field.ts';
import type { Leaf, PageReading, ReadLeaf, Scalar, Signal } from './leaf.ts';
import type { Page } from './page.ts';
import { trustOf } from './trust.ts';

/** Below this an OCR word is more likely wrong than a person would accept. */
const sureConfidence = 0.7;
/** Below this little spoke for the place where the value was found. */
const guessedFit = 0.5;

/**
 * What an engine read on a page as values: typed by the schema and matched to the page's own words. What is not found
 * there is `not_in_document`, whatever the engine says. Leaves that no field of the schema has are dropped.
 */
export function groundReading(definition: Definition, page: Page, reading: PageReading): Leaf[] {
  const manners = mannersOf(page.text, definition.locale);
  return reading.leaves.flatMap((read) => {
    const field = fieldAt(definition.fields, read.path);
    return field?.kind === 'scalar' ? toLeaf(field, page, read, manners) : [];
  });
}

/** How a page writes its dates and numbers. */
interface Manners {
  /** The schema's locale. */
  given: string;
  dates: string;
  numbers: string;
  isMarkShown: boolean;
}

function mannersOf(text: string, given: string): Manners {
  const isMarkShown = decimalMarkIn(text) !== null;
  return { given, dates: datesLocale(text, given), numbers: numbersLocale(text, given), isMarkShown };
}

function localeFor({ format, type }: ScalarField, { given, dates, numbers }: Manners): string {
  if (type === 'number' || type === 'integer') return numbers;
  return format === 'date' || format === 'date-time' ? dates : given;
}

function toLeaf(field: ScalarField, page: Page, read: ReadLeaf, manners: Manners): Leaf {
  const locale = localeFor(field, manners);
  const normalised = normalise(field, read.value, locale, manners);
  const { value, raw } = normalised;
  const claim = { value: value ?? raw, quote: read.quote, raw, hint: read.words };
  const place = ground(page, claim, field, locale);
  const lines = place?.lines ?? '';
  const ambiguous =
    normalised.ambiguous ??
    (typeof read.value === 'number'
      ? otherNumber(field, read.value, lines, locale, manners)
      : otherDate(field, read, value, lines, manners));
  const signals: Signal[] = [
    {
      name: 'grounded',
      ok: place !== null,
      detail: place ? `found on page ${page.pageNum + 1}` : 'not found on its page',
    },
    ...formatSignals(normalised),
  ];
  if (place?.difference) signals.push(differenceSignal(place.difference, place.quote));
  if (place?.confidence !== null && place?.confidence !== undefined) {
    const percent = Math.round(place.confidence * 100);
    signals.push({ name: 'ocr', ok: place.confidence >= sureConfidence, detail: `read with ${percent} % certainty` });
  }
  if (read.fit) signals.push(...fitSignals(read.fit));
  if (ambiguous)
    signals.push({
      name: 'ambiguity',
      ok: false,
      detail: `could also be read as ${ambiguous.join(' or ')}`,
      alternatives: ambiguous,
    });
  return {
    path: read.path,
    label: field.label,
    type: field.format ?? field.type,
    value,
    raw: place && typeof read.value !== 'string' ? place.quote : raw,
    state: place ? 'found' : 'not_in_document',
    evidence: place && { pageNum: page.pageNum, quote: place.quote, boxes: place.boxes },
    trust: trustOf(signals, []),
    signals,
    checks: [],
  };
}

/** Both readings, where what an engine read as a number is printed in a way that leaves another one open. */
function otherNumber(
  field: ScalarField,
  read: number,
  printed: string,
  locale: string,
  manners: Manners,
): string[] | null {
  const spans = findNumbers(printed, locale, manners.isMarkShown);
  const span = spans.find(({ value, other }) => value === read || other === read);
  if (!span) return null;
  // Another one than the likely, or one of two that are.
  return span.value === read ? otherNumbers(field, span, manners) : [plainDigits(read), span.digits];
}

/**
 * Both readings of a date, where the schema's locale reads it otherwise than the other dates of its page are written, and
 * where what an engine wrote out in full is printed in a way that leaves another one open, such as `03/04/65`.
 */
function otherDate(
  field: ScalarField,
  { value: read }: ReadLeaf,
  value: Scalar | null,
  lines: string,
  { given, dates }: Manners,
): string[] | null {
  if ((field.format !== 'date' && field.format !== 'date-time') || value === null) return null;
  if (dates !== given) {
    const other = normalise(field, read, given);
    if (other.ok && other.value !== value) return [String(value), String(other.value)];
  }
  const [day = '', time] = String(value).split('T');
  const span = findDates(lines, dates, { era: eraOf(field) }).find(({ readings }) => readings.includes(day));
  if (!span || (span.ambiguous === null && span.value === day)) return null;
  const others = span.ambiguous ?? [span.value];
  return [...new Set([day, ...others])].map((one) => (time ? `${one}T${time}` : one));
}

/** In what the page differs from what was read. */
function differenceSignal(difference: Difference, quote: string): Signal {
  const about = `the page says ${JSON.stringify(quote)}`;
  const details = {
    lookalikes: { name: 'spelling', detail: `matches only when similar characters are treated as equal: ${about}` },
    unit: { name: 'spelling', detail: `leaves out a unit: ${about}` },
    sign: { name: 'sign', detail: `is printed with another sign: ${about}` },
    wording: { name: 'wording', detail: `is not what its quote says: ${about}` },
  };
  return { ...details[difference], ok: false };
}

/** What the layout says for a value: that a label names it, or only that such values usually stand there. */
function fitSignals({ score, reason, isLabelled }: NonNullable<ReadLeaf['fit']>): Signal[] {
  const label: Signal = { name: 'label', ok: isLabelled, detail: `read ${reason}` };
  return score < guessedFit ? [label, { name: 'guess', ok: false, detail: `weak match: read ${reason}` }] : [label];
}
