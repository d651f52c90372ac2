import { describe, expect, it } from 'vitest';
import { judgeFile } from '#app/sessions/new/check-file.ts';

const judge = (name: string, content: string | Uint8Array<ArrayBuffer>) => judgeFile(new File([content], name), 100);

describe('a chosen file', () => {
  it('is refused before sending when it is empty', async () => {
    expect(await judge('a.pdf', '')).toMatch(/empty/);
  });

  it('is refused when it is too large, with both sizes', async () => {
    expect(await judge('a.pdf', 'x'.repeat(101))).toBe(
      'It has 101 B, more than the 100 B allowed: split it and upload the parts.',
    );
  });

  it('is taken by its name, for the content is the judgement of the server', async () => {
    expect(await judge('scan.TIFF', 'anything')).toBeNull();
  });

  it('of an unknown name is taken when it looks like something readable', async () => {
    expect(await judge('scan', '%PDF-1.7')).toBeNull();
    expect(await judge('notes', 'Some text')).toBeNull();
  });

  it('of an unknown name is refused when it is binary', async () => {
    expect(await judge('setup.exe', new Uint8Array([0x4d, 0x5a, 0, 0]))).toMatch(/cannot read this kind/);
  });
});
