import { createHash } from 'node:crypto';
import type { PlannedSession } from './workload.ts';

/** Finds the file and the number of a page by the mark that it begins with. */
export function placesOf(planned: readonly PlannedSession[]) {
  const places = new Map<string, { sha256: string; page: number }>();
  for (const { documents } of planned) {
    for (const pages of documents) {
      const sha256 = createHash('sha256').update(pages.join('\f')).digest('hex');
      for (const [page, text] of pages.entries()) places.set(markOf(text), { sha256, page });
    }
  }
  return (pageText: string) => places.get(markOf(pageText)) ?? null;
}

const markOf = (text: string) => /Sheet (\S+)/.exec(text)?.[1] ?? '';
