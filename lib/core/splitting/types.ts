import type { Shape } from './identifier.ts';
import type { LabelSet } from './labels.ts';

/** Changes whenever the same pages would be split otherwise. */
export const splitVersion = '4';

/** Part of a page, from its top: fractions of its height. */
export interface Region {
  from: number;
  to: number;
}

/** How an identifier stands on a page. */
export type Standing =
  /** At its label, or where `split.pattern` finds it alone. */
  | 'labelled'
  /** Alone in a cell, without a label: says something only when the number is known from elsewhere. */
  | 'alone'
  /** At the label of a sentence, a cross-reference, or in a row of a list of accounts. */
  | 'mentioned';

/** One identifier on a page. */
export interface Hit {
  raw: string;
  canonical: string;
  isMasked: boolean;
  standing: Standing;
  /** Number of the line, from 0. */
  line: number;
  /** Index into the page's words. */
  words: number[];
  confidence: number | null;
  /** At a label, even if in a sentence. */
  isLabelled: boolean;
  /** A mention that points elsewhere: "see related loan …". */
  isCrossReference: boolean;
}

/** What splitting needs to know of a line. */
export interface LineFact {
  top: number;
  bottom: number;
  /** Its words, folded: equal for a heading that is repeated. */
  letters: string;
  /** It holds two or more dates or amounts, as rows of tables do. */
  isRow: boolean;
  /** It holds an amount of money. */
  hasAmount: boolean;
  /** It is part of a sentence. */
  isProse: boolean;
  /** Labels of other fields that begin a cell. */
  labels: number;
}

/** What one page says about where it belongs. */
export interface PageEvidence {
  pageNum: number;
  isBlank: boolean;
  isOcr: boolean;
  lines: LineFact[];
  hits: Hit[];
  /** "Page 2 of 5"; null when it says nothing. */
  numbering: { page: number; of: number } | null;
  /** It calls itself an addendum, a rider, an amendment. */
  isAttachment: boolean;
  /** It shows a file inside the document, which names these numbers (canonical): it is no page of the document's own. */
  embedded?: { numbers: string[] };
}

export interface PageOfPart {
  /** 0-based. */
  pageNum: number;
  /** null: the whole page. */
  region: Region | null;
}

/** The part of a document that belongs to one record. */
export interface AccountPart {
  /** As printed most often; null when the document names none. */
  accountNumber: string | null;
  /** Ascending. */
  pages: PageOfPart[];
}

/** Where another account begins, and why. */
export interface Boundary {
  pageNum: number;
  accountIndex: number;
  reasons: { for: string[]; against: string[] };
  /** 0–1; below `sureBoundary` a person should look. */
  certainty: number;
}

export const sureBoundary = 0.6;

export interface SplitResult {
  accounts: AccountPart[];
  /** Pages before the first account: they belong to none. */
  contextPages: number[];
  boundaries: Boundary[];
  /** Something about the document that a person should know. */
  notice: string | null;
}

/** What to look for on every page. */
export interface Target {
  identifier: LabelSet;
  others: LabelSet;
  shape: Shape;
}
