import type { Account } from './client.ts';
import { agrees } from './agrees.ts';
import type { Case } from './cases.ts';
import { type Cell, cellsOf, isEmpty } from './rows.ts';

export const verdicts = ['right', 'wrong', 'missing'] as const;

/** What became of one expected value. */
export interface Judgement {
  stem: string;
  field: string;
  /** Where it was read; null for a row that was not. */
  path: string | null;
  verdict: (typeof verdicts)[number];
  expected: unknown;
  actual: unknown;
  /** 0–1; null where nothing was found. */
  trust: number | null;
  /** A person is asked to look at it. */
  isFlagged: boolean;
}

/** As much of an account as is judged. */
export interface Read {
  data: Account['data'];
  fields: readonly Pick<Account['fields'][number], 'path' | 'trust' | 'attention'>[];
}

/** Judges what was read of a document; all is missing where `account` is undefined. */
export function judge({ stem, expected }: Pick<Case, 'stem' | 'expected'>, account: Read | undefined): Judgement[] {
  const cells = Object.entries(expected).flatMap(([field, value]): Cell[] => {
    const actual = account?.data[field] ?? null;
    if (Array.isArray(value)) return cellsOf(field, value, actual);
    return [{ field, expected: value, actual, path: field }];
  });
  return cells.map(({ field, expected, actual, path }) => {
    const found = account?.fields.find((one) => one.path === path);
    const isRead = !isEmpty(actual);
    return {
      stem,
      field,
      path,
      verdict: expected !== null && agrees(expected, actual) ? 'right' : isRead ? 'wrong' : 'missing',
      expected,
      actual: actual ?? null,
      trust: isRead ? (found?.trust ?? null) : null,
      isFlagged: found?.attention === true,
    };
  });
}
