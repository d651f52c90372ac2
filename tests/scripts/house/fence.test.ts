import { describe, expect, it } from 'vitest';
import { importProblem, roomOf } from '#scripts/house/fence.ts';
import { rooms } from '#scripts/house/rooms.ts';

describe('the fence around rooms', () => {
  it('lets a file import its own room, rooms below it, and packages that are no one’s', () => {
    expect(importProblem('lib/core/values/merge.ts', './value.ts')).toBeNull();
    expect(importProblem('lib/core/values/merge.ts', '../fields/path.ts')).toBeNull();
    expect(importProblem('lib/sessions/find.ts', '#lib/db/client.ts')).toBeNull();
    expect(importProblem('app/ui/button.tsx', 'lucide-react')).toBeNull();
    expect(importProblem('worker/stages/read.ts', 'p-map')).toBeNull();
  });

  it.each([
    ['lib/core/values/merge.ts', 'react'],
    ['lib/core/values/merge.ts', 'node:fs/promises'],
    ['lib/core/values/merge.ts', 'fs'],
    ['lib/core/values/merge.ts', '#lib/env.ts'],
    ['lib/core/values/merge.ts', '../../db/client.ts'],
    ['lib/core/values/merge.ts', '../contract/results.ts'],
    ['lib/sessions/find.ts', '../../worker/worker.ts'],
    ['lib/db/client.ts', '#lib/sessions/find.ts'],
    ['lib/sessions/find.ts', 'pg'],
    ['lib/files/zip.ts', 'unpdf'],
    ['app/sessions/page.tsx', '#worker/worker.ts'],
    ['app/sessions/page.tsx', 'drizzle-orm/pg-core'],
    ['worker/worker.ts', '#app/page.tsx'],
    ['worker/stages/read.ts', '@ai-sdk/openai'],
    ['lib/results/save.ts', '#tests/support/context.ts'],
  ])('does not let %s import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toMatch(/may (?:only )?(?:not )?import|no code of the product imports/);
  });

  it('lets only files that find others import a path that is computed', () => {
    expect(importProblem('worker/load-folder.ts', null)).toBeNull();
    expect(importProblem('worker/worker.ts', null)).not.toBeNull();
  });

  it('says nothing about tests, which are in no room', () => {
    expect(importProblem('tests/flow/split.test.ts', '#worker/worker.ts')).toBeNull();
  });

  it('gives a file the room with the longest path, and a name that only begins alike none', () => {
    expect(roomOf('worker/engines/builtin/engine.ts')?.path).toBe('worker/engines/builtin');
    expect(roomOf('worker/worker.ts')?.path).toBe('worker');
    expect(roomOf('application/page.tsx')).toBeNull();
  });

  it('has each room once', () => {
    const paths = rooms.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
  });
});
