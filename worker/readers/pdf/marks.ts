import { z } from 'zod';
import { applyLinear, type Matrix, apply } from './matrix.ts';
import type { PdfPage } from './open.ts';
import type { DirectedWord } from './words.ts';

/** What pdf.js says of a form's check box or radio button. */
const buttonSchema = z.object({
  fieldType: z.literal('Btn'),
  pushButton: z.boolean().catch(false),
  checkBox: z.boolean().catch(false),
  radioButton: z.boolean().catch(false),
  fieldValue: z.unknown().optional(),
  exportValue: z.unknown().optional(),
  buttonValue: z.unknown().optional(),
  hidden: z.boolean().catch(false),
  rect: z.array(z.number()).length(4),
});
type Button = z.output<typeof buttonSchema>;

interface Shown {
  width: number;
  height: number;
  matrix: Matrix;
}

/** Check boxes and radio buttons of a form as marks, `☒` or `☐`, where they stand. */
export async function marksOf(page: PdfPage, shown: Shown): Promise<DirectedWord[]> {
  const annotations: unknown[] = await page.getAnnotations({ intent: 'display' });
  return annotations.flatMap((annotation) => {
    const { data } = buttonSchema.safeParse(annotation);
    return data && !data.pushButton && !data.hidden ? [markOf(data, shown)] : [];
  });
}

function markOf(button: Button, { width, height, matrix }: Shown): DirectedWord {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = button.rect;
  const [one, other] = [apply(matrix, x1, y1), apply(matrix, x2, y2)];
  const box = {
    x: Math.min(one.x, other.x) / width,
    y: Math.min(one.y, other.y) / height,
    width: Math.abs(other.x - one.x) / width,
    height: Math.abs(other.y - one.y) / height,
  };
  const along = applyLinear(matrix, 1, 0);
  const length = Math.hypot(along.x, along.y) || 1;
  return {
    word: { ...box, text: isChecked(button) ? '☒' : '☐', confidence: null },
    direction: { x: along.x / length, y: along.y / length },
  };
}

function isChecked({ radioButton, fieldValue, exportValue, buttonValue }: Button): boolean {
  if (fieldValue === null || fieldValue === undefined || fieldValue === 'Off') return false;
  return fieldValue === (radioButton ? buttonValue : exportValue);
}

/** Words of the page without those that only draw a mark, and with the marks. */
export function withMarks(words: readonly DirectedWord[], marks: readonly DirectedWord[]): DirectedWord[] {
  if (marks.length === 0) return [...words];
  const isDrawn = ({ word }: DirectedWord) => marks.some(({ word: mark }) => covers(mark, word));
  return [...words.filter((word) => !isDrawn(word)), ...marks];
}

type Box = DirectedWord['word'];

/** Whether the middle of a word is inside a mark, and it is hardly larger. */
function covers(mark: Box, { x, y, width, height }: Box): boolean {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const isInside =
    middleX >= mark.x && middleX <= mark.x + mark.width && middleY >= mark.y && middleY <= mark.y + mark.height;
  return isInside && width <= mark.width * 1.5;
}
