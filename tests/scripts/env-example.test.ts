import { readFile } from 'node:fs/promises';
import { parseEnv as parseText } from 'node:util';
import { describe, expect, it } from 'vitest';
import { envSchema, parseEnv } from '#lib/env.ts';
import { envExample } from '#scripts/env-lines.ts';

const contentOf = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const names = Object.keys(envSchema.shape);

describe('.env.example', () => {
  it('is what npm run env-example writes', async () => {
    expect(await contentOf('.env.example')).toBe(envExample());
  });

  it('shows defaults that change nothing when they are set', () => {
    const uncommented = envExample().replaceAll(/^# (?=[A-Z][A-Z0-9_]*=)/gm, '');
    const values = parseText(uncommented);
    expect(Object.keys(values).toSorted()).toEqual(names.toSorted());
    expect(parseEnv({ ...values })).toEqual(parseEnv({}));
  });
});

describe('docs/operate.md', () => {
  it('explains every setting, and none that does not exist', async () => {
    const table = (await contentOf('docs/operate.md')).split('## Configuration')[1]?.split('\n## ')[0] ?? '';
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const explained = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z0-9_]+)`/g)]);
    expect(explained.map(([, name]) => name).toSorted()).toEqual(names.toSorted());
  });
});
