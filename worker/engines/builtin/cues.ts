import type { ScalarField } from '#lib/core/fields/field.ts';
import { findCurrency } from '#lib/core/normalise/currency.ts';
import type { Candidate } from './candidate.ts';
import { findSpans, isGrandTotal, isTax, kindOf } from './kinds.ts';
import { addressUnderSender, receiver, sender } from './parties.ts';
import { largestSum, taxTotal } from './sums.ts';
import { textOf, type View, wordsOfSpan } from './view.ts';

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
    case 'choice':
      return onlyChoice(view, field);
    case 'email':
    case 'phone':
    case 'iban':
      return firstOfKind(view, field, locale);
    case 'date':
      return onlyDate(view, field, locale);
    case 'time':
      return timeOfDate(view, field, locale);
    case 'number':
      if (isGrandTotal(field)) return largestSum(view, field, locale);
      return isTax(field) ? taxTotal(view, field, locale) : [];
    default:
      return [];
  }
}

/** The one choice of a field that is printed anywhere on the page, such as the unit in the heading of a table. */
function onlyChoice(view: View, field: ScalarField): Candidate[] {
  const members = (field.enum ?? []).filter((member) => typeof member === 'string' && member.length > 3);
  const found = view.lines.flatMap((line) =>
    line.words.flatMap((word) => {
      const text = singular(/\p{L}+/u.exec(word.text)?.[0] ?? '');
      const member = members.find((one) => singular(String(one)) === text);
      return member === undefined ? [] : [{ member, word }];
    }),
  );
  const [first] = found;
  if (!first || found.some(({ member }) => member !== first.member)) return [];
  const reason = 'as the only choice that is printed';
  return [{ words: [first.word], text: String(first.member), score: 0.55, reason, isDoubtful: found.length > 1 }];
}

function singular(text: string): string {
  return text.toLowerCase().replace(/s$/, '');
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
    {
      words: wordsOfSpan(cell.words, span.start, span.end),
      text,
      score: 0.7,
      reason: 'as the currency of most amounts',
    },
  ];
}

function firstOfKind(view: View, field: ScalarField, locale: string): Candidate[] {
  for (const line of view.lines) {
    const text = textOf(line.words);
    const [span] = findSpans(text, kindOf(field), field, locale);
    if (span)
      return [
        {
          words: wordsOfSpan(line.words, span.start, span.end),
          text: text.slice(span.start, span.end),
          score: 0.5,
          reason: 'as the only one of its kind',
        },
      ];
  }
  return [];
}
/** A time beside a date, or the only one of the page: tills print when they print. */
function timeOfDate(view: View, field: ScalarField, locale: string): Candidate[] {
  const found = view.lines.flatMap((line) => {
    const text = textOf(line.words);
    const hasDate = findSpans(text, 'date', field, locale).length > 0;
    return findSpans(text, 'time', field, locale).map((span) => ({
      hasDate,
      words: wordsOfSpan(line.words, span.start, span.end),
      text: text.slice(span.start, span.end),
    }));
  });
  const dated = found.filter(({ hasDate }) => hasDate);
  const [first] = dated.length > 0 ? dated : found;
  if (!first) return [];
  const isAlone = new Set((dated.length > 0 ? dated : found).map(({ text }) => text.slice(0, 5))).size === 1;
  const reason = dated.length > 0 ? 'as the time beside a date' : 'as the only time';
  return isAlone || dated.length > 0
    ? [{ words: first.words, text: first.text, score: 0.6, reason, isDoubtful: !isAlone }]
    : [];
}

/** A date without a label, when the field is required or is the document's own date, and the page has one date only. */
function onlyDate(view: View, field: ScalarField, locale: string): Candidate[] {
  if (!field.required && !/^(date|issue|invoice)/i.test(field.name)) return [];
  const found = view.lines.flatMap((line) => {
    const text = textOf(line.words);
    return findSpans(text, 'date', field, locale).map((span) => ({
      words: wordsOfSpan(line.words, span.start, span.end),
      text: text.slice(span.start, span.end),
    }));
  });
  const [first] = found;
  const different = new Set(found.map(({ text }) => text)).size;
  if (!first) return [];
  return [
    {
      ...first,
      score: different === 1 ? 0.6 : 0.45,
      reason: different === 1 ? 'as the only date' : 'as the first date',
    },
  ];
}
