import { goesOn } from './names.ts';
import type { Section } from './sections.ts';
import type { Boundary, PageEvidence } from './types.ts';

interface Options {
  page: PageEvidence;
  before: PageEvidence | undefined;
  /** null: the page names no account and is tied to the pages behind it. */
  section: Section | null;
  number: string;
  /** The number stands on no other page. */
  isAlone: boolean;
}

const sureWord = 0.7;
const cueWeight = 0.05;
const doubtWeight = 0.3;
const start: Record<Section['how'] | 'numbered', number> = {
  labelled: 0.85,
  masked: 0.7,
  attachment: 0.65,
  alone: 0.65,
  numbered: 0.65,
};

/** Says why another account begins on a page, what speaks against it, and how sure that is. */
export function boundaryOf({ page, before, section, number, isAlone }: Options): Omit<Boundary, 'accountIndex'> {
  const numbering = page.numbering;
  const cues = [sentenceOf(section, number)];
  if (numbering?.page === 1) cues.push(`the page calls itself page 1 of ${numbering.of}`);
  const last = before?.numbering;
  if (last && last.page === last.of) cues.push(`the previous page is the last of its ${last.of}`);
  if (section && section.start > 0) cues.push('its section begins below that of another account');
  const doubts: string[] = [];
  if (goesOn(before, page)) doubts.push(`page ${numbering?.page} of ${numbering?.of} continues the previous page`);
  const confidence = section?.hit.confidence ?? 1;
  if (confidence < sureWord) doubts.push(`the number is read with ${Math.round(confidence * 100)} % certainty`);
  if (isAlone && page.isOcr && numbering !== null && numbering.page > 1) doubts.push('the number is on this page only');
  const certainty = start[section?.how ?? 'numbered'] + cueWeight * (cues.length - 1) - doubtWeight * doubts.length;
  return {
    pageNum: page.pageNum,
    reasons: { for: cues, against: doubts },
    certainty: Math.round(Math.min(0.99, Math.max(0.05, certainty)) * 100) / 100,
  };
}

function sentenceOf(section: Section | null, number: string): string {
  if (!section) return `the pages after it, numbered on from it, name account ${number}`;
  const { how, hit } = section;
  if (how === 'masked') return `${hit.raw} at its label is the end of account ${number}`;
  if (how === 'alone') return `account ${number} is in the margin of the page`;
  if (how === 'attachment') return `it is an addendum that names account ${number}`;
  return `account ${hit.raw} is at its label in line ${hit.line + 1}`;
}
