import type { getResolvedPDFJS } from 'unpdf';

/** What pdf.js calls each operator. */
export type OperatorNumbers = Awaited<ReturnType<typeof getResolvedPDFJS>>['OPS'];

/** What is drawn on a page: operators by their numbers, each with its arguments. */
export interface Operators {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

/** A sign that an operator shows. */
export interface Drawn {
  unicode: string;
  width: number;
  isSpace: boolean;
  vmetric?: readonly number[];
}

export function isDrawn(one: unknown): one is Drawn {
  return (
    typeof one === 'object' &&
    one !== null &&
    'unicode' in one &&
    typeof one.unicode === 'string' &&
    'width' in one &&
    typeof one.width === 'number'
  );
}

const longPage = 100_000;

/** Whether more is drawn than on any page that people make: operators, and the signs that they show. */
export function isLong({ fnArray, argsArray }: Operators): boolean {
  const drawn = argsArray.reduce<number>((sum, args) => {
    const [shown] = Array.isArray(args) ? args : [];
    return sum + (Array.isArray(shown) ? shown.length : 0);
  }, fnArray.length);
  return drawn > longPage;
}
