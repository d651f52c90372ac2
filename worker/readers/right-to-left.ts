const letters = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether there is a letter of a script that is written from right to left. */
export function isRightToLeft(text: string): boolean {
  return letters.test(text);
}

const mirrored: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
};

/**
 * The texts of signs that stand side by side, from left to right, in the order in which a word of a right-to-left
 * script is read: backwards, but for numbers and Latin letters within. Brackets look the other way.
 */
export function inLogicalOrder(signs: readonly { text: string }[]): string[] {
  const backwards = signs.map(({ text }) => text).toReversed();
  const isForward = backwards.map((text) => /[\p{L}\p{N}]/u.test(text) && !isRightToLeft(text));
  return reverseRuns(
    backwards,
    // What stands between two digits goes with them: 12.50 is one number.
    backwards.map((text, at) => isForward[at] || (/[.,:/-]/.test(text) && isForward[at - 1] && isForward[at + 1])),
  ).map((text) => mirrored[text] ?? text);
}

/**
 * Words that stand side by side, from left to right, in the order in which their line is read: from the right where
 * most words are of a right-to-left script, with Latin words and numbers within from the left.
 */
export function lineInLogicalOrder<W extends { text: string }>(words: readonly W[]): W[] {
  const isRight = words.map(({ text }) => isRightToLeft(text));
  const rights = isRight.filter(Boolean).length;
  if (rights === 0) return [...words];
  const lefts = words.filter(({ text }, at) => !isRight[at] && /\p{L}/u.test(text)).length;
  if (rights < lefts) return reverseRuns(words, isRight);
  return reverseRuns(
    words.toReversed(),
    isRight.toReversed().map((right) => !right),
  );
}

/** Turns each run of chosen items around. */
function reverseRuns<T>(items: readonly T[], isChosen: readonly (boolean | undefined)[]): T[] {
  const result: T[] = [];
  let run: T[] = [];
  for (const [at, item] of items.entries()) {
    if (isChosen[at]) {
      run.unshift(item);
      continue;
    }
    result.push(...run, item);
    run = [];
  }
  return [...result, ...run];
}
