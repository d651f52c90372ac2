import type { HeldProblem } from '../readers/reader.ts';

/** A file in another that is no document of its own, and why. */
export interface Unread {
  name: string;
  why: HeldProblem | 'too_deep' | 'too_many';
}

const maxNamed = 5;
const mega = 1024 * 1024;

/** What is said of files that were not read, a sentence for each reason. */
export function unreadNotices(files: readonly Unread[], maxBytes: number): string[] {
  const sentences: Record<Unread['why'], (names: string) => string> = {
    no_document: (names) => `Not read, as Sluice does not know these kinds of files: ${names}.`,
    damaged: (names) => `Damaged and not read: ${names}. Get them again and upload them on their own.`,
    too_large: (names) =>
      `Larger than ${Math.floor(maxBytes / mega)} MB and not read: ${names}. Split them and upload the parts.`,
    too_deep: (names) =>
      `Not read, as they are in more than three files within each other: ${names}. Upload them on their own.`,
    too_many: (names) => `Not read, as one upload may hold 500 files and 1 GB: ${names}. Upload them on their own.`,
  };
  return [...Map.groupBy(files, ({ why }) => why)].map(([why, own]) => sentences[why](namesOf(own)));
}

function namesOf(files: readonly Unread[]): string {
  const more = files.length > maxNamed ? ` and ${files.length - maxNamed} more` : '';
  return (
    files
      .slice(0, maxNamed)
      .map(({ name }) => JSON.stringify(name))
      .join(', ') + more
  );
}
