import type { Difference } from '#lib/core/grounding/quote.ts';
import { ground } from '#lib/core/grounding/ground.ts';
import { formatSignals } from './format-signals.ts';
import { type Normalised, normalise } from '#lib/core/normalise/value.ts';
import { cellValueOf } from '#lib/core/grounding/typed-cells.ts';
import type { Definition } from '../schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import type { ScalarField } from '../fields/field.ts';
import type { Value, PageReading, ReadValue, Signal } from './value.ts';
import { uprightBoxes } from '../pages/upright.ts';
import type { Recalled } from '../layouts/recalled.ts';
import { layoutSignals } from './layout-signal.ts';
import type { CellValue, Page } from '../pages/page.ts';
import { sureShare, trustOf } from './trust.ts';
import { localeFor, type Manners, mannersOf, otherReadings } from './manners.ts';

/** Below this an OCR word is more likely wrong than a person would accept. */
const sureConfidence = 0.7;
/** Below this little spoke for the place where the value was found. */
const guessedFit = 0.5;

/**
 * What an engine read on a page as values: typed by the schema and matched to the page's own words. What is not found
 * there is `not_in_document`, whatever the engine says. Leaves that no field of the schema has are dropped. `recalled`: what
 * verified documents of the page's layout say.
 */
export function groundReading(
  definition: Definition,
  page: Page,
  reading: PageReading,
  recalled: Recalled | null = null,
): Value[] {
  const manners = mannersOf(page.text, definition.locale);
  return reading.leaves.flatMap((read) => {
    const field = fieldAt(definition.fields, read.path);
    return field?.kind === 'scalar' ? toValue(field, page, read, manners, recalled) : [];
  });
}

function toValue(field: ScalarField, page: Page, read: ReadValue, manners: Manners, recalled: Recalled | null): Value {
  const locale = localeFor(field, manners);
  const cell = cellValueOf(read.words?.flatMap((word) => page.words[word] ?? []) ?? [], field);
  const normalised = cell ? fromCell(field, cell, read, locale) : normalise(field, read.value, locale, manners);
  const { value, raw } = normalised;
  const claim = { value: value ?? raw, quote: read.quote, raw, hint: read.words };
  const place = ground(page, claim, field, locale);
  const ambiguous =
    normalised.ambiguous ?? (cell ? null : otherReadings(field, read, value, place?.lines ?? '', manners));
  const signals: Signal[] = [
    {
      name: 'grounded',
      ok: place !== null,
      detail: place ? `found on page ${page.pageNum + 1}` : 'not found on its page',
    },
    ...formatSignals(normalised),
  ];
  if (place?.difference) signals.push(differenceSignal(place.difference, place.quote));
  if (place?.rival) {
    const detail = `the page says ${JSON.stringify(place.rival)} beside its label`;
    signals.push({ name: 'sign', ok: false, detail });
  }
  if (place?.confidence !== null && place?.confidence !== undefined) {
    const percent = Math.round(place.confidence * 100);
    signals.push({ name: 'ocr', ok: place.confidence >= sureConfidence, detail: `read with ${percent} % certainty` });
  }
  if (read.fit) signals.push(...fitSignals(read.fit));
  if (read.certainty !== undefined) signals.push(certaintySignal(read.certainty));
  if (recalled && place) signals.push(...layoutSignals(read.path, recalled, uprightBoxes(page, place.words)));
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

/** A worksheet's cell says what it holds; its text, in whatever number format, is only how it looks. */
function fromCell(field: ScalarField, cell: CellValue, read: ReadValue, locale: string): Normalised {
  const held = normalise(field, cell.value, cell.kind === 'number' ? plainLocale : locale);
  return { ...held, raw: String(read.value), ambiguous: null };
}

/** Where a point begins the decimals, as it does in plain digits. */
const plainLocale = 'en-US';

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

/** How often values that were read like this one were right. */
function certaintySignal(share: number): Signal {
  const detail = `of 100 values read like this one, ${Math.floor(share * 100)} were right`;
  return { name: 'certainty', ok: share >= sureShare, detail, share };
}

/** What the layout says for a value: that a label names it, or only that such values usually stand there. */
function fitSignals({ score, reason, isLabelled }: NonNullable<ReadValue['fit']>): Signal[] {
  const label: Signal = { name: 'label', ok: isLabelled, detail: `read ${reason}` };
  return score < guessedFit ? [label, { name: 'guess', ok: false, detail: `weak match: read ${reason}` }] : [label];
}
