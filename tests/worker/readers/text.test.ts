import { describe, expect, it } from 'vitest';
import { misplaced, readContent } from '#tests/support/read-file.ts';

describe('delimited text', () => {
  it.each([
    ['semicolons', 'Item;Price\nChair;10,00\n'],
    ['tabs', 'Item\tPrice\nChair\t10,00\n'],
    ['bars', 'Item|Price\nChair|10,00\n'],
    ['commas and quotes', 'Item,Price\nChair,"10,00"\n'],
  ])('is parted by %s', async (_name, content) => {
    const [page] = await readContent('csv', content);
    expect(page?.text).toBe('Item\tPrice\nChair\t10,00');
    expect(page && misplaced(page)).toEqual([]);
  });

  it('may break lines inside quotes', async () => {
    const [page] = await readContent('csv', 'Item,Note\nChair,"oak,\nold"\n');
    expect(page?.text).toBe('Item\tNote\nChair\toak, old');
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\uFEFFName,Ort\nJörg,Köln\n')],
    ['UTF-16', Buffer.from('\uFEFFName,Ort\nJörg,Köln\n', 'utf16le')],
    ['Windows-1252', Buffer.from('Name,Ort\nJörg,Köln\n', 'latin1')],
  ])('is decoded from %s', async (_name, content) => {
    expect((await readContent('csv', content))[0]?.text).toBe('Name\tOrt\nJörg\tKöln');
  });
});

describe('text', () => {
  it('keeps its columns, and its pages at form feeds', async () => {
    const pages = await readContent('txt', 'Item      Price\nChair     10.00\fSecond page');
    expect(pages.map((page) => page.layout)).toEqual(['Item      Price\nChair     10.00', 'Second page']);
    expect(pages.flatMap(misplaced)).toEqual([]);
  });

  it('without a word is no text', async () => {
    await expect(readContent('txt', ' \n\n ')).rejects.toMatchObject({ reason: 'no_text_found' });
  });
});

describe('HTML', () => {
  it('gives headings, lists and rows of tables, and nothing that is hidden or run', async () => {
    const html = `<html><head><title>no</title></head><body><h1>Invoice</h1><ul><li>first</li></ul>
      <table><tr><th>Item</th><th>Price</th></tr><tr><td>Chair<br>oak</td><td>10</td></tr></table><script>alert(1)</script></body></html>`;
    expect((await readContent('html', html))[0]?.text).toBe('Invoice\n- first\nItem\tPrice\nChair oak\t10');
  });
});

describe('an e-mail', () => {
  it('gives its headers and its text', async () => {
    const mail = [
      'From: Ann <ann@example.org>',
      'To: Bob <bob@example.org>',
      'Subject: Invoice 7',
      'Date: Fri, 14 Mar 2025 10:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Please pay 10.00',
      '--b',
      'Content-Type: application/pdf; name="invoice.pdf"',
      'Content-Disposition: attachment; filename="invoice.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0=',
      '--b--',
    ].join('\r\n');
    const [page] = await readContent('eml', mail);
    for (const part of ['Ann <ann@example.org>', 'Subject: Invoice 7', 'Please pay 10.00']) {
      expect(page?.text).toContain(part);
    }
  });
});
