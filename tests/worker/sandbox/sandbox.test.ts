import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnv } from '#lib/env.ts';
import type { FileType } from '#lib/core/file-types.ts';
import { manyPages, onePage, pdf, stream, textLine } from '#tests/bombs/pdf.ts';
import { whitePng } from '#tests/bombs/images.ts';
import { cell, xlsx } from '#tests/bombs/zip.ts';
import { letter, pageImageOf } from '#tests/worker/ocr/pictures.ts';
import { openReaders, type Readers } from '#worker/readers/readers.ts';
import { findIsolation } from '#worker/readers/sandbox/isolation.ts';

let folder: string;
let readers: Readers;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const env = parseEnv({ DATA_DIR: join(folder, 'data'), OCR_ENGINE: 'js', WORKER_READERS: '2' });
  readers = openReaders(env, pino({ level: 'silent' }));
});
afterAll(async () => {
  await readers.close();
  await rm(folder, { recursive: true });
});

async function fileOf(content: Uint8Array, type: FileType, name = `file.${type}`) {
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, type };
}

describe('a reader in its process', () => {
  test('counts and reads pages of a range in order', async () => {
    const file = await fileOf(manyPages(5, 'A page of a file that has five of them'), 'pdf');
    expect(await readers.countPages(file)).toBe(5);
    const pages = await Array.fromAsync(readers.readPages(file, { from: 1, to: 4 }));
    expect(pages.map(({ pageNum, source }) => [pageNum, source])).toEqual([
      [1, 'text'],
      [2, 'text'],
      [3, 'text'],
    ]);
    expect(pages[0]?.text).toBe('A page of a file that has five of them');
  });

  test('recognises the scanned pages of a file and takes the text of the others, in order', async () => {
    const file = await fileOf(scanBetweenTexts(), 'pdf');
    const pages = await Array.fromAsync(readers.readPages(file, { from: 0, to: 3 }));
    expect(pages.map(({ pageNum, source }) => [pageNum, source])).toEqual([
      [0, 'text'],
      [1, 'ocr'],
      [2, 'text'],
    ]);
  });

  test('reads an image', async () => {
    const file = await fileOf(await pageImageOf(letter.slice(0, 3)), 'png');
    const [page] = await Array.fromAsync(readers.readPages(file, { from: 0, to: 1 }));
    expect(page?.text).toContain(letter[0]);
  });

  test('renders a page as a PNG', async () => {
    const file = await fileOf(onePage(stream(textLine('Hello'))), 'pdf');
    const image = await readers.renderPageImage(file, 0, { dpi: 36 });
    expect(Buffer.from(image).toString('latin1', 1, 4)).toBe('PNG');
  });

  test('says why a file cannot be read, and reads the next one', async () => {
    const bad = await fileOf(Buffer.from('%PDF-1.7\nnothing'), 'pdf', 'bad.pdf');
    await expect(readers.countPages(bad)).rejects.toMatchObject({ reason: 'corrupt_file' });
    const big = await fileOf(whitePng(30_000, 30_000), 'png', 'big.png');
    await expect(readers.countPages(big)).rejects.toMatchObject({
      reason: 'too_large',
      message: expect.stringContaining('900 million'),
    });
    const good = await fileOf(xlsx(`<row r="1">${cell('A1', 'Hello')}</row>`), 'xlsx');
    expect(await readers.countPages(good)).toBe(1);
  });

  test('is stopped when no one wants its pages any more, long before its own limit', async () => {
    const file = await fileOf(onePage(stream('0 0 m 1 1 l S\n'.repeat(3_000_000))), 'pdf', 'endless.pdf');
    const stop = new AbortController();
    const reading = Array.fromAsync(readers.readPages(file, { from: 0, to: 1 }, stop.signal));
    setTimeout(() => stop.abort(new Error('cancelled')), 300);
    // Left to itself it would end as too complex.
    await expect(reading).rejects.toThrow('cancelled');
  });

  test('a reader that was stopped as it finished is not given to the next file', async () => {
    const file = await fileOf(onePage(stream(textLine('A page with some words on it'))), 'pdf', 'short.pdf');
    for (let round = 0; round < 20; round++) {
      const stop = new AbortController();
      const reading = (async () => {
        const pages = readers.readPages(file, { from: 0, to: 1 }, stop.signal)[Symbol.asyncIterator]();
        // The answer that follows the last page may be there already.
        for (let next = await pages.next(); !next.done; next = await pages.next()) setImmediate(() => stop.abort());
      })();
      await Promise.allSettled([reading]);
      expect(await readers.countPages(file)).toBe(1);
    }
  });

  test('leaves nothing behind once the readers are closed', async () => {
    const data = join(folder, 'closing');
    const closing = openReaders(
      parseEnv({ DATA_DIR: data, OCR_ENGINE: 'js', WORKER_READERS: '1' }),
      pino({ level: 'silent' }),
    );
    const file = await fileOf(onePage(stream(textLine('A page with some words on it'))), 'pdf');
    expect(await closing.countPages(file)).toBe(1);
    expect(await readdir(join(data, 'work'))).toHaveLength(1);
    await closing.close();
    expect(await readdir(join(data, 'work'))).toEqual([]);
  });
});

/** Three pages: text, one that only has lines drawn on it, text. */
function scanBetweenTexts(): Buffer {
  const page = (content: number) =>
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${content} 0 R/Resources<</Font<</F1 8 0 R>>>>>>`;
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>',
    page(6),
    page(7),
    page(6),
    stream(textLine('A page with words of its own', 100)),
    stream('20 20 100 50 re S'),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

describe('a process for readers', () => {
  const isolation = findIsolation();

  test('tells how well it is walled off', () => {
    expect(isolation.name).toMatch(/^(bwrap\+)?(prlimit\+)?permission$/);
  });

  test.each([
    ['read another file', "fs.readFileSync('/etc/hosts')"],
    ['write a file', "fs.writeFileSync('written', '')"],
    ['start a program', "require('node:child_process').execSync('true')"],
    ['start a thread', "new (require('node:worker_threads').Worker)('1', { eval: true })"],
    ['make code from text', "new Function('return 1')()"],
    [
      'open a connection',
      "await fetch('http://127.0.0.1:9').catch((error) => { if (error.cause?.code !== 'ECONNREFUSED') throw error })",
    ],
  ])('may not %s', async (_, action) => {
    const own = await mkdtemp(join(folder, 'own-'));
    const [command = '', ...args] = isolation.readerCommand(own).slice(0, -1);
    const code = `(async () => { const fs = require('node:fs'); ${action} })().then(() => console.log('could'), () => console.log('could not'))`;
    const child = spawn(command, [...args, '--eval', code], {
      cwd: own,
      env: { NODE_ENV: 'test' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect((await text(child.stdout)).trim()).toBe('could not');
  });
});
