import type { ValueView } from '#lib/core/contract/results.ts';
import type { Tone } from '#app/ui/tone.ts';
import type { ValueState } from '#lib/core/values/value.ts';

export const stateLooks: Record<ValueState, { label: string; tone: Tone }> = {
  found: { label: 'Found', tone: 'grey' },
  not_found: { label: 'Not found', tone: 'grey' },
  not_in_document: { label: 'Not in document', tone: 'orange' },
  conflict: { label: 'Pages disagree', tone: 'orange' },
  edited: { label: 'Edited', tone: 'accent' },
  confirmed: { label: 'Confirmed', tone: 'green' },
  absent: { label: 'Absent', tone: 'grey' },
};

/** What each signal is about; whether it speaks for or against the value is shown by its mark. */
export const signalLabels: Record<string, string> = {
  grounded: 'Evidence',
  label: 'Label',
  guess: 'Position',
  certainty: 'Values like it',
  ocr: 'OCR confidence',
  format: 'Type and format',
  'pattern not checked': 'Pattern',
  spelling: 'Spelling',
  sign: 'Sign',
  digits: 'Digits',
  wording: 'Wording',
  page_break: 'Page break',
  ambiguity: 'Ambiguity',
  agreement: 'Both engines',
  repeated: 'Repetition',
  conflict: 'Other pages',
  rules: 'Rules',
  no_opinion: 'Both engines',
  history: 'Earlier edits',
  completeness: 'Rows of the list',
  electronic_invoice: 'Electronic invoice',
  printed: 'Visible pages',
};

const printedCents = /[.,]\d\d(?!\d)/;
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });
const withCents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 10 });

/** A value for people; a number with cents where they are printed. Numbers of identifiers are text, so separators are safe. */
export function valueText({ value, raw }: Pick<ValueView, 'value' | 'raw'>): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value;
  return (raw && printedCents.test(raw) ? withCents : plain).format(value);
}

/** 0–1 as `96%`. */
export function trustText(trust: number): string {
  return `${Math.round(trust * 100)}%`;
}
