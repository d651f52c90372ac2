import { glob, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { withLifecycle } from '#scripts/lifecycle-tables.ts';

it('docs/lifecycle.md shows the transitions that the code follows', async () => {
  const doc = await readFile('docs/lifecycle.md', 'utf8');
  expect(doc).toBe(withLifecycle(doc));
});

it('only lib/lifecycle writes the status of a session or a document', async () => {
  // Drizzle's `.set({…})`, its inserts, and SQL written by hand, of those two tables.
  const writes = [
    /\.update\((?:sessions|documents)\)\s*\.set\(\{[^}]*\bstatus\b/,
    /\.insert\((?:sessions|documents)\)/,
    /update (?:sessions|documents)\b[^`]*?\bset\b[^`]*?\bstatus\s*=/i,
  ];
  const offenders: string[] = [];
  for await (const path of glob('{app,lib,worker,scripts}/**/*.{ts,tsx}')) {
    const code = await readFile(path, 'utf8');
    if (writes.some((write) => write.test(code))) offenders.push(path);
  }
  expect(offenders.toSorted()).toEqual(['lib/lifecycle/documents.ts', 'lib/lifecycle/sessions.ts']);
});
