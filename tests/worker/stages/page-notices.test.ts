import { expect, test } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import { readContent } from '#tests/support/read-file.ts';
import { admitPage } from '#worker/readers/sandbox/admit-page.ts';
import { pageNotices } from '#worker/stages/page-notices.ts';

async function noticeOf(type: 'csv' | 'txt' | 'html', content: Buffer): Promise<string | null> {
  const pages = (await readContent(type, content)).map(admitPage);
  const page = async (pageNum: number) => pages[pageNum] ?? Promise.reject<Page>(new Error('no such page'));
  return (await pageNotices({ pageCount: pages.length, page }))[0] ?? null;
}

test.each(['csv', 'txt', 'html'] as const)('a %s file whose encoding was guessed says which one', async (type) => {
  const western = Buffer.from('Name,Ort\nJörg,Köln\n', 'latin1');
  expect(await noticeOf(type, western)).toMatch(/read as Windows-1252 \(Western European\)\. If letters look wrong/);
});

test('a file in Unicode, and a page that declares its encoding, say nothing', async () => {
  expect(await noticeOf('csv', Buffer.from('Name,Ort\nJörg,Köln\n'))).toBeNull();
  expect(await noticeOf('html', Buffer.from('<meta charset="latin1"><p>Jörg aus Köln</p>', 'latin1'))).toBeNull();
});
