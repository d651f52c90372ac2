import { tasks as own } from '#worker/compute/tasks.ts';

/** A page with this word never comes to an end in the step that it names. */
export const spinWord = { findEvidence: 'SPINSPLIT', readPage: 'SPINREAD', judgePage: 'SPINJUDGE' };
/** The same for the text of a reference document. */
export const spinPassages = 'SPINPASSAGES';

function spin(): never {
  for (;;);
}

function unlessSpinning<Input extends { page: { text: string } }, Output>(
  word: string,
  task: (input: Input) => Output,
) {
  return (input: Input): Output => (input.page.text.includes(word) ? spin() : task(input));
}

/** The worker's own tasks, which never end on a page that says so. */
export const tasks = {
  ...own,
  findEvidence: unlessSpinning(spinWord.findEvidence, own.findEvidence),
  readPage: unlessSpinning(spinWord.readPage, own.readPage),
  judgePage: unlessSpinning(spinWord.judgePage, own.judgePage),
  toPassages: (input: { text: string }) => (input.text.includes(spinPassages) ? spin() : own.toPassages(input)),
};
