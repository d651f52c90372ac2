import type { Word } from '#lib/core/pages/page.ts';
import { layoutText, readingOrder } from '../layout.ts';
import type { DirectedWord } from './words.ts';
import { turnBack } from '../turned-box.ts';

/** Quarter turns, clockwise, in which a word is written; null when it stands askew. */
type Turn = 0 | 1 | 2 | 3 | null;

/** Sine of the angle up to which a line counts as level, or as sideways. */
const level = 0.1;

interface Ordered {
  words: Word[];
  text: string;
  layout: string;
}

/**
 * The words of a page in reading order. Those written in the direction of most come first; words that stand sideways,
 * on their head or askew (a margin note, a stamp, a watermark) follow as blocks of their own, each read in its direction.
 */
export function orderedPage(words: readonly DirectedWord[]): Ordered {
  const byTurn = Map.groupBy(words, ({ direction }) => turnOf(direction));
  const weight = (block: readonly DirectedWord[]) => block.reduce((sum, { word }) => sum + word.text.length, 0);
  const blocks = [...byTurn].toSorted(
    ([turn, block], [otherTurn, other]) =>
      Number(turn === null) - Number(otherTurn === null) || weight(other) - weight(block),
  );
  const ordered = blocks.map(([turn, block]) =>
    turn === null
      ? askew(block.map(({ word }) => word))
      : orderedBlock(
          block.map(({ word }) => (turn === 0 ? word : { ...word, turn: turnsBack[turn] })),
          turn,
        ),
  );
  return {
    words: ordered.flatMap((block) => block.words),
    text: ordered.map((block) => block.text).join('\n\n'),
    layout: ordered.map((block) => block.layout).join('\n\n'),
  };
}

/** Quarter turns, clockwise, that make what is written in a direction upright. */
const turnsBack = { 1: 3, 2: 2, 3: 1 } as const;

function turnOf({ x, y }: { x: number; y: number }): Turn {
  if (Math.abs(y) < level) return x > 0 ? 0 : 2;
  if (Math.abs(x) < level) return y > 0 ? 1 : 3;
  return null;
}

function orderedBlock(words: readonly Word[], turn: 0 | 1 | 2 | 3): Ordered {
  const original = new Map(words.map((word) => [turnBack(word, turn), word]));
  const straight = [...original.keys()];
  const { words: order, text } = readingOrder(straight);
  return { words: order.map((word) => original.get(word) ?? word), text, layout: layoutText(straight) };
}

function askew(words: Word[]): Ordered {
  const text = words.map((word) => word.text).join(' ');
  return { words, text, layout: text };
}

/** The word where it would stand if the page were turned so that it is level. */
