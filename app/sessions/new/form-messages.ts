import type { FormProblem } from '#lib/sessions/upload.ts';

/** What the server said of a file. It names the file, which stands there already. */
export function serverRefusal(errors: readonly FormProblem[], name: string): string | null {
  const message = errors.find((problem) => problem.file === name)?.message;
  return message?.replace(`${name}: `, '') ?? null;
}

/** What keeps a form from being sent; `refusals` has one entry per file. */
export function problemBefore(refusals: readonly (string | null)[]): string | null {
  if (refusals.length === 0) return 'Choose at least one document.';
  const refused = refusals.filter(Boolean).length;
  if (refused === 0) return null;
  return refused === 1
    ? 'One file cannot be read: remove it first.'
    : `${refused} files cannot be read: remove them first.`;
}

/** `invoice.pdf`, or `invoice.pdf and 2 more`. */
export function nameOf(names: readonly string[]): string {
  const [first] = names;
  if (!first) return '';
  return names.length > 1 ? `${first} and ${names.length - 1} more` : first;
}
