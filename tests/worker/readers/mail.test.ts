import { expect, it } from 'vitest';
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

it('attachments that are not read are named in a notice', async () => {
  const [head, ...rest] = mail('Hello', '').split('--b--');
  const attachment =
    '--b\r\nContent-Type: application/pdf; name="bill.pdf"\r\nContent-Disposition: attachment; filename="bill.pdf"\r\n\r\nx\r\n';
  const [page] = await readContent('eml', `${head}${attachment}--b--${rest.join('')}`);
  expect(page?.notices).toEqual(['Attached files were not read: "bill.pdf". Upload them on their own.']);
});

it('a mail that was forwarded as an attachment is read, on a page of its own', async () => {
  const inner = mail('Order A-9 of the harbour', '').replace('Subject: Invoice 7', 'Subject: The order');
  const outer = [
    'From: Ann <ann@example.org>',
    'Subject: Fwd: The order',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: text/plain',
    '',
    'Please see below.',
    '--outer',
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment',
    '',
    inner,
    '--outer--',
  ].join('\r\n');
  const pages = (await readContent('eml', outer)).map(({ text }) => text);
  expect(pages[0]).toContain('Please see below.');
  expect(pages[1]).toMatch(/Subject: The order\n\nOrder A-9 of the harbour/);
});
