import { expect, it } from 'vitest';
import { msgOf } from '#tests/support/msg.ts';
import { readContent } from '#tests/support/read-file.ts';

function mail(text: string, html: string): string {
  const part = (type: string, body: string) => ['--b', `Content-Type: text/${type}; charset=utf-8`, '', body];
  return [
    'From: Ann <ann@example.org>',
    'To: Bob <bob@example.org>',
    'Subject: Invoice 7',
    'Date: Tue, 04 Mar 2025 23:30:00 -0800',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    ...(text === '' ? [] : part('plain', text)),
    ...(html === '' ? [] : part('html', html)),
    '--b--',
  ].join('\r\n');
}

const textOf = async (...given: Parameters<typeof mail>) => (await readContent('eml', mail(...given)))[0]?.text ?? '';
const table = '<table><tr><th>Item</th><th>Price</th></tr><tr><td>Desk</td><td>199.00</td></tr></table>';

it('a mail has the date of its writer, not that of another time zone', async () => {
  expect(await textOf('Hello', '')).toContain('Date: Tue, 04 Mar 2025 23:30:00 -0800');
});

it('of two bodies the one that says more is read', async () => {
  expect(await textOf('This mail needs a program that shows HTML.', `<p>Order A-7</p>${table}`)).toContain(
    'Order A-7\nItem\tPrice\nDesk\t199.00',
  );
  expect(await textOf('Order A-7\nTotal: 199.00', '<p>Order A-7</p>')).toContain('Total: 199.00');
});

it('a table is read as a table, though the text has its words too', async () => {
  expect(await textOf('Item Price Desk 199.00', table)).toContain('Item\tPrice\nDesk\t199.00');
});

it('a message of Outlook has its headers and its text', async () => {
  const [page] = await readContent('msg', msgOf({ subject: 'Grüße', from: 'Jörg Berg', text: 'Total: 12,50 €' }));
  expect(page?.text).toBe('From: Jörg Berg\nSubject: Grüße\n\nTotal: 12,50 €');
});

it('what is no message is damaged', async () => {
  await expect(readContent('msg', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toMatchObject({
    reason: 'corrupt_file',
  });
});
