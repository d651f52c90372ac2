import type { Judgement } from '#eval/judge.ts';
import type { Sample } from '#eval/local/sets.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { fieldAt, type ScalarField } from '#lib/core/fields/field.ts';
import { type Path, pathText, rowIndexAt, type Scalar } from '#lib/core/fields/path.ts';
import { placesOn } from '#lib/core/grounding/ground.ts';
import { findDates } from '#lib/core/normalise/date.ts';
import { meaningKey } from '#lib/core/normalise/meaning.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { normalise } from '#lib/core/normalise/value.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { localeFor, mannersOf } from '#lib/core/values/manners.ts';
import { isRequired } from '#lib/core/values/recheck.ts';
import type { ReadValue } from '#lib/core/values/value.ts';
import { judgePage } from '#worker/steps/assess.ts';
import { unpack } from '#worker/steps/packed.ts';

interface Answer extends ReadValue {
  isRight: boolean;
}

/** Judges what trust makes of a model's answers, of which a share is wrong: each with a quote that is on the page. */
export function judgeAnswers(sample: Sample, share: number, seed: number): Judgement[] {
  const random = seeded(seed);
  const { definition, pages, stem, expected } = sample;
  const answers = pages.map((page) =>
    answersOf(sample, page, expected, () => random.int(0, 999) < share * 1000, random),
  );
  // Page by page: joining them counts rows anew.
  return pages.flatMap((page, at) => {
    const leaves = answers[at] ?? [];
    const reading = { leaves, rowsSeen: [] };
    const judged = judgePage({ definition, page, accountNumber: null, reading, hasSecondOpinion: true });
    const given = new Map(leaves.map((one) => [pathText(one.path), one]));
    return unpack(judged.leaves).flatMap((leaf): Judgement[] => {
      const path = pathText(leaf.path);
      const answer = given.get(path);
      if (!answer || leaf.value === null || leaf.signals.some(({ name }) => name === 'electronic_invoice')) return [];
      const isFlagged = attentionReason(leaf, isRequired(definition, leaf.path)) !== null;
      const about = { stem, field: path, path, expected: null, actual: leaf.value, trust: leaf.trust, isFlagged };
      return [{ ...about, verdict: answer.isRight ? 'right' : 'wrong' }];
    });
  });
}

/** The answers that stand on a page; each value, and each row, on the first page that says it. */
function answersOf(
  { definition, pages }: Sample,
  page: Page,
  expected: Sample['expected'],
  isWrong: () => boolean,
  random: ReturnType<typeof seeded>,
): Answer[] {
  const quoteOn = (one: Page, [path, value]: [Path, Scalar]) => {
    const field = fieldAt(definition.fields, path);
    return field?.kind === 'scalar' ? quoteOf(one, field, value, definition.locale) : null;
  };
  let row = -1;
  return recordsOf(expected).flatMap((record): Answer[] => {
    const rated = pages.map((one) => record.filter((leaf) => quoteOn(one, leaf) !== null).length);
    if (pages[rated.indexOf(Math.max(...rated))] !== page || Math.max(...rated) === 0) return [];
    if (rowIndexAt(record[0]?.[0] ?? []) >= 0) row += 1;
    return record.flatMap(([path, value]): Answer[] => {
      const field = fieldAt(definition.fields, path);
      const quote = quoteOn(page, [path, value]);
      if (field?.kind !== 'scalar' || quote === null) return [];
      const at = rowIndexAt(path);
      const own = at < 0 ? path : path.with(at, row);
      const others = isWrong() ? othersOn(page, field, value, definition.locale) : [];
      const other = others.length > 0 ? others[random.int(0, others.length - 1)] : undefined;
      return [other ? { path: own, ...other, isRight: false } : { path: own, value, quote, isRight: true }];
    });
  });
}

/** Single values alone, those of a row together. */
function recordsOf(expected: Sample['expected']): [Path, Scalar][][] {
  const leaves = leavesOf(expected);
  const keyed = leaves.map((leaf) => {
    const at = rowIndexAt(leaf[0]);
    return { leaf, key: at < 0 ? pathText(leaf[0]) : pathText(leaf[0].slice(0, at + 1)) };
  });
  return [...Map.groupBy(keyed, ({ key }) => key).values()].map((own) => own.map(({ leaf }) => leaf));
}

function leavesOf(expected: Sample['expected']): [Path, Scalar][] {
  return Object.entries(expected).flatMap(([name, value]): [Path, Scalar][] => {
    if (!Array.isArray(value)) return value === null ? [] : [[[name], value]];
    return value.flatMap((row, index) =>
      Object.entries(row as Record<string, Scalar | null>).flatMap(([column, cell]): [Path, Scalar][] =>
        cell === null || cell === '' ? [] : [[[name, index, column], cell]],
      ),
    );
  });
}

function quoteOf(page: Page, field: ScalarField, value: Scalar, given: string): string | null {
  const locale = localeFor(field, mannersOf(page.text, given));
  const [place] = placesOn(page, { value, raw: String(value), quote: null, hint: undefined }, field, locale);
  return place ? place.map((word) => page.words[word]?.text ?? '').join(' ') : null;
}

/** Other values of a field's kind that are on the page. */
function othersOn(page: Page, field: ScalarField, value: Scalar, given: string): Pick<ReadValue, 'value' | 'quote'>[] {
  const locale = localeFor(field, mannersOf(page.text, given));
  const isOther = (one: Scalar | null) => one !== null && meaningKey(one) !== meaningKey(value);
  if (field.type === 'number' || field.type === 'integer') {
    return findNumbers(page.text, locale).flatMap((span) =>
      isOther(span.value) ? [{ value: span.value, quote: page.text.slice(span.start, span.end) }] : [],
    );
  }
  if (field.format === 'date') {
    return findDates(page.text, locale).flatMap(({ start, end }) => {
      const quote = page.text.slice(start, end);
      const { value: day } = normalise(field, quote, locale);
      return day !== null && isOther(day) ? [{ value: day, quote }] : [];
    });
  }
  const cells = page.text.split(/\n|\s{2,}|\t/).map((text) => text.trim());
  return cells.flatMap((text) => (/\p{L}{3}/u.test(text) && isOther(text) ? [{ value: text, quote: text }] : []));
}
