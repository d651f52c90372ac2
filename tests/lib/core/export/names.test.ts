import { describe, expect, it } from 'vitest';
import { downloadName, fileStem, sheetName } from '#lib/core/export/names.ts';
import { nastyTexts } from '#tests/support/nasty-text.ts';

const texts = nastyTexts(2000, 7);

describe('names of worksheets', () => {
  const taken = new Set<string>();
  const names = texts.map((text) => sheetName(text, taken));

  it('are names that Excel takes, each once whatever the case', () => {
    expect(names.filter((name) => name.length === 0 || name.length > 31)).toEqual([]);
    expect(names.filter((name) => /[[\]*?/\\:']|_x[\da-f]{4}/i.test(name) || !name.isWellFormed())).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('are like no formula', () => {
    expect(names.filter((name) => /^[=+\-@＝＋－＠\s]/.test(name))).toEqual([]);
  });

  it('are what was wanted where that is possible', () => {
    expect(sheetName('Loan accounts', new Set())).toBe('Loan accounts');
    expect(sheetName('Rechnungen 1/2025: März', new Set())).toBe('Rechnungen 1 2025 März');
    expect(sheetName('History', new Set())).toBe('History of values');
    expect(sheetName('A name that is longer than thirty-one characters', new Set(['x']))).toHaveLength(31);
  });
});

describe('names of files', () => {
  it('have nothing that a file system refuses, and are different', () => {
    const taken = new Set<string>();
    const names = texts.map((text) => fileStem(text, taken));
    expect(names.filter((name) => !/^[\p{L}\p{N}-]+$/u.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are those of the session, without the type of its file', () => {
    expect(downloadName('March invoices.pdf')).toBe('March invoices');
    expect(downloadName('../../etc/passwd')).toBe('etc passwd');
    expect(downloadName('v1.2 of it')).toBe('v1.2 of it');
    expect(downloadName('.pdf')).toBe('session');
    expect(texts.map(downloadName).filter((name) => !name.isWellFormed() || name === '')).toEqual([]);
  });
});
