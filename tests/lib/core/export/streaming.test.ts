import { describe, expect, it } from 'vitest';
import { csvExport } from '#lib/core/export/csv-zip.ts';
import { utf8 } from '#lib/core/export/gather.ts';
import type { Exported } from '#lib/core/export/input.ts';
import { jsonExport } from '#lib/core/export/json.ts';
import { bytesOf, each, valueOf, manifestOf, memorySpool, schemaOf, sessionOf } from '#tests/support/export.ts';
import { nastyTexts } from '#tests/support/nasty-text.ts';

const schema = schemaOf('Loan', { Text: {} });
/** About 1 kB that hardly compresses. */
const text = nastyTexts(300, 3).slice(-60).join('');
const session = sessionOf(schema, [[valueOf('Text', text)]]);

/** So many sessions; says how many were taken, and whether the rest was given up. */
function source(count: number) {
  const seen = { taken: 0, isEnded: false };
  const sessions = async function* (): AsyncGenerator<Exported> {
    try {
      for (; seen.taken < count; seen.taken++) yield session;
    } finally {
      seen.isEnded = true;
    }
  };
  return { seen, sessions: sessions() };
}

describe('an export that nobody takes', () => {
  it.each([
    ['JSON', (sessions: AsyncIterable<Exported>) => utf8(jsonExport(sessions, manifestOf('json'), { isFull: false }))],
    ['CSV', (sessions: AsyncIterable<Exported>) => csvExport(sessions, [schema], manifestOf('csv'), memorySpool)],
  ])('is not made: %s takes sessions as its bytes are taken, and ends with them', async (_, exported) => {
    const { seen, sessions } = source(100_000);
    const bytes = exported(sessions);
    for (let chunk = 0; chunk < 3; chunk++) await bytes.next();
    expect(seen.taken).toBeGreaterThan(0);
    expect(seen.taken).toBeLessThan(2000);
    await bytes.return(undefined);
    expect(seen.isEnded).toBe(true);
  });
});

describe('a manifest', () => {
  it('counts everything and lists the first thousand of each kind', async () => {
    const missing = Array.from({ length: 1500 }, (_, index) => ({
      id: String(index),
      missing: 'There is no session with this id.',
    }));
    const made = await bytesOf(utf8(jsonExport(each(missing), manifestOf('json'), { isFull: false })));
    const { sessions, manifest } = JSON.parse(made.toString('utf8'));
    expect(sessions).toEqual([]);
    expect(manifest).toMatchObject({ complete: false, counts: { sessions: 0, missing: 1500 } });
    expect(manifest.missing).toHaveLength(1000);
  });
});
