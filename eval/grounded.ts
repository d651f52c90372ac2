import type { ValueView } from '#lib/core/contract/results.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import type { Client, WordView } from './client.ts';
import { similarity } from './agrees.ts';

/** Boxes that cover more of a page than this say nothing. */
const maxArea = 0.25;
/** Fractions of a page. */
const tolerance = 0.002;

/** Whether the words inside a value's boxes, as the page has them, spell what was read. */
export async function isGrounded(client: Client, documentId: string, field: ValueView): Promise<boolean> {
  const { evidence, raw, value } = field;
  if (!evidence || evidence.boxes.length === 0) return false;
  const area = evidence.boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  if (area > maxArea) return false;
  const words = await client.words(documentId, evidence.page_num);
  const inside = words.filter((word) => evidence.boxes.some((box) => holdsMiddle(box, word)));
  const printed = inside.map(({ text }) => text).join('');
  if (evidence.quote && printed.includes(evidence.quote.replace(/\s+/g, ''))) return true;
  const shown = lettersAndDigits(printed);
  return [evidence.quote, raw, value].some((said) => {
    const text = lettersAndDigits(String(said ?? ''));
    return text !== '' && (shown.includes(text) || similarity(shown, text) >= 0.8);
  });
}

function holdsMiddle(box: Omit<WordView, 'text'>, { x, y, width, height }: WordView): boolean {
  const [across, down] = [x + width / 2 - box.x, y + height / 2 - box.y];
  return (
    across >= -tolerance && across <= box.width + tolerance && down >= -tolerance && down <= box.height + tolerance
  );
}
