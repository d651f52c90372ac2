import type { Tone } from '#app/ui/tone.ts';
import type { Scalar, ValueState } from '#lib/extraction/leaf.ts';

export const stateLooks: Record<ValueState, { label: string; tone: Tone }> = {
  found: { label: 'Found', tone: 'grey' },
  not_found: { label: 'Not found', tone: 'grey' },
  not_in_document: { label: 'Not in document', tone: 'orange' },
  conflict: { label: 'Pages disagree', tone: 'orange' },
  edited: { label: 'Edited', tone: 'accent' },
  confirmed: { label: 'Confirmed', tone: 'green' },
  absent: { label: 'Absent', tone: 'grey' },
};

export const signalLabels: Record<string, string> = {
  grounded: 'Stands in the document',
  ocr: 'Legible to OCR',
  format: 'Type and format',
  spelling: 'Spelling',
  ambiguity: 'Unambiguous',
  agreement: 'Engines agree',
  repeated: 'Said more than once',
  conflict: 'Pages agree',
  rules: 'Rules',
  edits: 'Earlier edits',
};

const decimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });

/** A value for people. Numbers of identifiers are text already, so separators are safe. */
export function valueText(value: Scalar | null): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'number' ? decimals.format(value) : value;
}

/** 0–1 as `96%`. */
export function trustText(trust: number): string {
  return `${Math.round(trust * 100)}%`;
}
