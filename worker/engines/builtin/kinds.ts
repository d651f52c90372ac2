import type { ScalarField } from '#lib/core/fields/field.ts';
import { findCurrency } from '#lib/core/normalise/currency.ts';
import { findDates } from '#lib/core/normalise/date.ts';
import { parseIban } from '#lib/core/normalise/iban.ts';
import { sayings } from '#lib/core/normalise/meaning.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { patternOf } from '#lib/core/patterns/pattern.ts';

/** What kind of thing a field's value is on paper. */
export type Kind =
  | 'number'
  | 'date'
  | 'time'
  | 'currency'
  | 'iban'
  | 'phone'
  | 'email'
  | 'uri'
  | 'code'
  | 'choice'
  | 'name'
  | 'address'
  | 'text';

/** A value of a kind inside a text. */
export interface Span {
  start: number;
  end: number;
  /** 0–1: how much it looks like a value of the kind. */
  fit: number;
  /** For numbers. */
  value?: number;
}

const codeNames = /(^|[\s_#])(number|no|nr|num|id|code|reference|ref|#|n°|numéro|nummer|número|numero)($|[\s_.])/i;
const nameNames =
  /(^|[\s_])(name|company|merchant|seller|buyer|vendor|supplier|customer|holder|holders|borrower|shop|bank|employer|institution)($|[\s_])/i;

/** Told by type and format first, then by the field's own name. */
export function kindOf(field: ScalarField): Kind {
  if (field.enum || field.type === 'boolean') return 'choice';
  if (field.type === 'number' || field.type === 'integer') return 'number';
  if (field.format === 'date' || field.format === 'date-time') return 'date';
  if (field.format) return field.format;
  const name = `${field.name} ${field.label}`.replace(/([a-z])([A-Z])/g, '$1 $2');
  if (field.pattern && /\\d|0-9/.test(field.pattern)) return 'code';
  if (/address|adresse|location/i.test(name)) return 'address';
  if (codeNames.test(name)) return 'code';
  return nameNames.test(name) ? 'name' : 'text';
}

/** Values of a kind in a text, left to right. */
export function findSpans(text: string, kind: Kind, field: ScalarField, locale: string): Span[] {
  switch (kind) {
    case 'number':
      return numberSpans(text, field, locale);
    case 'date':
      return findDates(text, locale).map(({ start, end }) => ({ start, end, fit: 1 }));
    case 'time':
      return matches(text, /(?<!\d)\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?!\d)/gi);
    case 'currency': {
      const found = findCurrency(text, locale);
      return found ? [{ ...found, value: 0, fit: 1 }] : [];
    }
    case 'iban':
      return matches(text, /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,9}\b/g).flatMap((span) => ibanSpan(text, span));
    case 'phone':
      return matches(text, /(?<![\w+])(?:\+|\(?0)[\d\s()./-]{7,18}\d/g);
    case 'email':
      return matches(text, /(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w/g);
    case 'uri':
      return matches(
        text,
        /(?:https?:\/\/|www\.)[^\s,;]+|(?<![\w-])[\w-]+\.(?:com|org|net|io|de|fr|eu|dev)\b(?:\/\S*)?/gi,
      ).map((span) => withoutEnding(text, span));
    case 'code':
      return codeSpans(text, field);
    case 'choice':
      return choiceSpans(text, field);
    default:
      return [];
  }
}

function numberSpans(text: string, field: ScalarField, locale: string): Span[] {
  const wantsPercent = /rate|percent|%|taux|satz/i.test(`${field.name} ${field.description ?? ''}`);
  const wantsCount =
    field.type === 'integer' || /quantity|qty|count|menge|anzahl|hours/i.test(`${field.name} ${field.label}`);
  return findNumbers(text, locale).map(({ start, end, value, isMoney }) => {
    const isPercent = text.slice(start, end).includes('%') || /^\s?%/.test(text.slice(end));
    const isCode = /\d{8,}/.test(text.slice(start, end));
    const fit = isCode ? 0.2 : isPercent ? (wantsPercent ? 1 : 0.1) : isMoney || wantsCount || wantsPercent ? 1 : 0.6;
    return { start, end, value, fit };
  });
}

const maxGroups = 9;

/** A number that is printed in groups of digits, with all of them: `GB 123 4567 82`, `77 / 12 345 / 8`. */
function withGroups(text: string, span: Span): Span {
  if (!/^\d[\d/._-]*$/.test(text.slice(span.start, span.end))) return span;
  const prefix = /(?<![\p{L}\d])[A-Z]{2,3} $/u.exec(text.slice(Math.max(0, span.start - 5), span.start));
  let { end } = span;
  for (let group = 0; group < maxGroups; group++) {
    const rest = text.slice(end, end + 16);
    // A date or an amount behind it is none of its groups.
    if (/^ ?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}/.test(rest)) break;
    const next = /^(?: ?[/-] ?\d{1,9}| \d{2,9})(?![\p{L}\d]|[.,]\d)/u.exec(rest);
    if (!next) break;
    end += next[0].length;
  }
  return { ...span, start: span.start - (prefix && end > span.end ? prefix[0].length : 0), end };
}

function codeSpans(text: string, field: ScalarField): Span[] {
  const wanted = field.pattern === null ? null : patternOf(field.pattern);
  if (wanted?.problem === null) {
    return matches(text, /[^\s:#]+/g).filter(
      (span) => wanted.test(text.slice(span.start, span.end).replace(/[.,;]$/, '')) === true,
    );
  }
  return matches(text, /[\p{L}\d][\p{L}\d/._-]*(?:\s?-\s?\d+)?/gu)
    .filter(({ start, end }) => /\d/.test(text.slice(start, end)))
    .map((span) => withGroups(text, span))
    .filter(({ start }, place, all) => start >= (all[place - 1]?.end ?? 0))
    .map((span) => ({ ...span, fit: /^\d{1,2}$/.test(text.slice(span.start, span.end)) ? 0.5 : 1 }));
}

/** The members of an enum that a text says, each as a whole: `A+` says neither `A` nor `A-`. */
function choiceSpans(text: string, field: ScalarField): Span[] {
  const members = field.enum?.map(String) ?? ['yes', 'no', 'true', 'false'];
  return members.flatMap((member) => {
    const said = sayings(text, member).find(({ leavesOut }) => leavesOut === 'nothing');
    return said ? [{ start: said.start, end: said.end, fit: 1 }] : [];
  });
}

/** Without the words after it that happen to look like its last group. */
function ibanSpan(text: string, { start, end }: Span): Span[] {
  for (let to = end; to - start > 14; to--) {
    if (/[A-Z0-9]$/.test(text.slice(start, to)) && parseIban(text.slice(start, to)))
      return [{ start, end: to, fit: 1 }];
  }
  return [];
}

/** Without the punctuation of the sentence that an address ends. */
function withoutEnding(text: string, { start, end, fit }: Span): Span {
  let to = end;
  while (to > start && /[.,:;!?'")\]]/.test(text.charAt(to - 1))) to--;
  return { start, end: to, fit };
}

function matches(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    fit: 1,
  }));
}

/** Whether a number is what is to be paid in the end. */
export function isGrandTotal({ name, description }: ScalarField): boolean {
  const isNamed = /^(grand|invoice|amount|total)?[\s_-]?(total|due|payable)([\s_-]?(amount|due))?$/i.test(name.trim());
  return isNamed || /total with tax|what was paid|total amount|amount due/i.test(description ?? '');
}

/** Whether a number is the tax of the whole document. */
export function isTax({ name, label }: ScalarField): boolean {
  const said = `${name} ${label}`.replaceAll('_', ' ');
  return /(?<!\p{L})(tax|vat|gst|mwst|ust|tva)(?!\p{L})/iu.test(said) && !/\b(id|rate|number|incl)\b/i.test(said);
}
