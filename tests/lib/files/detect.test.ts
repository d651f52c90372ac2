import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CFB, write, utils } from '@e965/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectFileType } from '#lib/files/detect.ts';
import { archive, openDocument, presentation } from '#tests/support/office.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-detect-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function detect(content: string | Uint8Array, name: string) {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return detectFileType(path, name);
}

function workbook(bookType: 'xlsx' | 'xlsb' | 'xls' | 'ods'): Uint8Array {
  const book = utils.book_new(utils.aoa_to_sheet([['Account'], [1]]), 'One');
  return write(book, { type: 'buffer', bookType });
}

test.each(['xlsx', 'xlsb', 'xls', 'ods'] as const)('knows a %s workbook whatever its name', async (type) => {
  expect(await detect(workbook(type), 'letter.pdf')).toBe(type);
});

test('knows HTML that is named .pdf and a PDF that is named .docx', async () => {
  expect(await detect('<!DOCTYPE html><html><body>Hello</body></html>', 'a.pdf')).toBe('html');
  expect(await detect('%PDF-1.7\n%âãÏÓ\n', 'a.docx')).toBe('pdf');
});

test('lets the name decide only between kinds of plain text', async () => {
  const rows = 'Date,Amount\n2025-01-03,10\n2025-02-03,10\n';
  expect(await detect(rows, 'a.txt')).toBe('txt');
  expect(await detect(rows, 'a.pdf')).toBe('csv');
  expect(await detect(rows.replaceAll(',', '\t'), 'a')).toBe('tsv');
});

test('knows a mail by its headers', async () => {
  expect(await detect('From: a@b.example\nTo: c@d.example\nSubject: Hello\nDate: today\n\nBody', 'a.txt')).toBe('eml');
});

test('refuses an empty file, a broken container and what is no document', async () => {
  await expect(detect('', 'a.pdf')).rejects.toMatchObject({ reason: 'empty_file' });
  await expect(detect(workbook('xlsx').subarray(0, 900), 'a.xlsx')).rejects.toMatchObject({ reason: 'corrupt_file' });
  await expect(
    detect(
      Uint8Array.from({ length: 500 }, (_, i) => i % 7),
      'a.pdf',
    ),
  ).rejects.toMatchObject({
    reason: 'unsupported_file',
  });
});

test.each(['49492a00', '4d4d002a', '49492b00', '4d4d002b'])('a TIFF is known by its first bytes: %s', async (start) => {
  const path = join(folder, `${start}.bin`);
  await writeFile(path, Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(200)]));
  expect(await detectFileType(path)).toBe('tiff');
});

test('knows rich text, OpenDocument, PowerPoint, books and plain archives by what is in them', async () => {
  expect(await detect('{\\rtf1 x}', 'a.doc')).toBe('rtf');
  expect(await detect(openDocument('text', ''), 'a.bin')).toBe('odt');
  expect(await detect(openDocument('presentation', ''), 'a.bin')).toBe('odp');
  expect(await detect(presentation([]), 'a.bin')).toBe('pptx');
  expect(await detect(archive({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '' }), 'a')).toBe('epub');
  expect(await detect(archive({ 'a.txt': 'x' }), 'a.docx')).toBe('zip');
});

test.each([
  ['Index/Document.iwa', /Apple Pages, Numbers or Keynote/],
  ['visio/document.xml', /Visio drawing/],
  ['FixedDocSeq.fdseq', /XPS document/],
])('a refusal names what the file is: %s', async (part, message) => {
  await expect(detect(archive({ [part]: 'x' }), 'a')).rejects.toMatchObject({
    reason: 'unsupported_file',
    message: expect.stringMatching(message),
  });
});

test('an old presentation is named as one', async () => {
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/PowerPoint Document', Buffer.alloc(5000));
  const content = Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer);
  await expect(detect(content, 'a.ppt')).rejects.toMatchObject({ message: expect.stringMatching(/\(\.ppt\)/) });
});
