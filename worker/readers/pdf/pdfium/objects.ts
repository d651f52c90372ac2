import type { Box } from '#lib/core/pages/page.ts';
import { apply } from '../matrix.ts';
import { floatsAt, withMemory } from './memory.ts';
import type { OpenPage } from './open-page.ts';

/** Kinds of objects on a page (fpdf_edit.h). */
export const kinds = { text: 1, path: 2, image: 3, form: 5 } as const;
/** Forms in forms in forms: more are made only to keep a reader busy. */
const maxDepth = 12;
const maxObjects = 200_000;

/** What is drawn on a page, also inside the forms that it draws. */
export interface PageObjects {
  objects: number[];
  /** Whether some of it is inside a form, which may move and scale it. */
  hasForms: boolean;
  /** More than is looked at. */
  isLong: boolean;
}

export function objectsOf({ pdfium, page }: Pick<OpenPage, 'pdfium' | 'page'>): PageObjects {
  const { wasmExports: calls } = pdfium.pdfium;
  const objects: number[] = [];
  let [seen, hasForms] = [0, false];
  const add = (object: number, depth: number) => {
    seen += 1;
    if (calls.FPDFPageObj_GetType(object) !== kinds.form) return void objects.push(object);
    hasForms = true;
    if (depth === maxDepth) return;
    const count = pdfium.FPDFFormObj_CountObjects(object);
    for (let at = 0; at < count && seen < maxObjects; at++) add(pdfium.FPDFFormObj_GetObject(object, at), depth + 1);
  };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let at = 0; at < count && seen < maxObjects; at++) add(calls.FPDFPage_GetObject(page, at), 0);
  return { objects, hasForms, isLong: seen >= maxObjects };
}

/** The box around an object that is in no form, in points of the page as it is shown. */
export function boxOf({ pdfium, matrix }: OpenPage, object: number): Box {
  const [left = 0, bottom = 0, right = 0, top = 0] = withMemory(pdfium, 16, (rect) => {
    pdfium.FPDFPageObj_GetBounds(object, rect, rect + 4, rect + 8, rect + 12);
    return floatsAt(pdfium, rect, 4);
  });
  const [one, other] = [apply(matrix, left, bottom), apply(matrix, right, top)];
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}
