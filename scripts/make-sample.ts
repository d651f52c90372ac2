import { writeFile } from 'node:fs/promises';
import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib';

/**
 * Makes samples/loan-packet.pdf, the document that the upload form offers: three loan accounts on six pages, as a bank
 * sends them. Payments add up to their totals; one printed balance of the second account is deliberately wrong.
 * The same bytes on every run.
 */

interface Account {
  number: string;
  holders: string[];
  address: string[];
  product: string;
  opened: string;
  rate: string;
  /** All amounts in cents. */
  opening: number;
  payment: number;
  extra: { row: number; amount: number };
  rows: number;
  /** A printed balance with two digits changed places. */
  misprint: { row: number; off: number } | null;
}

const accounts: Account[] = [
  {
    number: '4471-208836',
    holders: ['Margaret E. Okafor', 'Daniel Okafor'],
    address: ['1180 Linden Avenue', 'Portland, OR 97214'],
    product: 'Home improvement loan',
    opened: '03/14/2023',
    rate: '5.25 %',
    opening: 24_500_00,
    payment: 742_50,
    extra: { row: 11, amount: 1_500_00 },
    rows: 24,
    misprint: null,
  },
  {
    number: '4471-319057',
    holders: ['Harbor Street Bakery LLC'],
    address: ['27 Harbor Street', 'Astoria, OR 97103'],
    product: 'Equipment loan',
    opened: '09/01/2022',
    rate: '6.90 %',
    opening: 58_000_00,
    payment: 1_186_40,
    extra: { row: 7, amount: 2_250_00 },
    rows: 26,
    misprint: { row: 18, off: 540_00 },
  },
  {
    number: '4471-402219',
    holders: ['Tomás Rivera', 'Lucía Rivera'],
    address: ['4602 Cedar Mill Road', 'Beaverton, OR 97005'],
    product: 'Vehicle loan',
    opened: '06/20/2024',
    rate: '4.75 %',
    opening: 31_275_00,
    payment: 655_18,
    extra: { row: 15, amount: 800_00 },
    rows: 22,
    misprint: null,
  },
];

const [width, height] = [612, 792];
const margin = 54;
const rowsOnFirst = 14;
const rowHeight = 19;
const ink = rgb(0.12, 0.14, 0.18);
const quiet = rgb(0.42, 0.45, 0.5);
const brand = rgb(0.07, 0.27, 0.36);
const shade = rgb(0.955, 0.965, 0.97);
const columns = { date: margin + 8, what: margin + 108, amount: 430, balance: width - margin - 8 };

interface Fonts {
  plain: PDFFont;
  bold: PDFFont;
}

interface Payment {
  date: string;
  what: string;
  amount: number;
  balance: number;
}

const file = new URL('../samples/loan-packet.pdf', import.meta.url);
await writeFile(file, await makePacket());

async function makePacket(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const then = new Date('2026-07-01T00:00:00Z');
  document.setTitle('Loan account statements');
  document.setAuthor('Meridian Valley Bank');
  document.setCreationDate(then);
  document.setModificationDate(then);
  const fonts = {
    plain: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
  };
  for (const account of accounts) drawAccount(document, fonts, account);
  return document.save();
}

function drawAccount(document: PDFDocument, fonts: Fonts, account: Account): void {
  const payments = paymentsOf(account);
  const first = drawFrame(document, fonts, 1);
  drawHeading(first, fonts, account);
  drawSummary(first, fonts, account, payments);
  write(first, fonts.bold, 'Payment history', margin, 372, 12, brand);
  drawTable(first, fonts, payments.slice(0, rowsOnFirst), 352);
  const second = drawFrame(document, fonts, 2);
  write(second, fonts.bold, 'Payment history (continued)', margin, 672, 12, brand);
  pair(second, fonts, 'Account number', account.number, 380, 672, 92);
  const end = drawTable(second, fonts, payments.slice(rowsOnFirst), 648);
  drawClosing(second, fonts, payments, end);
}

function paymentsOf({ opening, payment, extra, rows, misprint, opened }: Account): Payment[] {
  const [month = 1, , year = 2020] = opened.split('/').map(Number);
  let balance = opening;
  return Array.from({ length: rows }, (_, row) => {
    const isExtra = row === extra.row;
    const amount = isExtra ? extra.amount : payment;
    balance -= amount;
    const months = month + row;
    const date = `${String((months % 12) + 1).padStart(2, '0')}/${isExtra ? 18 : '05'}/${year + Math.floor(months / 12)}`;
    const what = isExtra ? 'Extra principal payment' : row % 5 === 3 ? 'Payment by check' : 'Automatic payment';
    return { date, what, amount, balance: balance + (row === misprint?.row ? misprint.off : 0) };
  });
}

function drawFrame(document: PDFDocument, fonts: Fonts, number: number): PDFPage {
  const page = document.addPage([width, height]);
  page.drawRectangle({ x: 0, y: height - 8, width, height: 8, color: brand });
  page.drawCircle({ x: margin + 11, y: 733, size: 11, color: brand });
  page.drawCircle({ x: margin + 11, y: 733, size: 5, color: rgb(1, 1, 1) });
  write(page, fonts.bold, 'Meridian Valley Bank', margin + 32, 734, 15, brand);
  write(page, fonts.plain, 'Loan Servicing Center · 900 Commerce Square, Salem, OR 97301', margin + 32, 720, 8, quiet);
  writeRight(page, fonts.bold, 'Loan Account Statement', width - margin, 734, 11, ink);
  writeRight(page, fonts.plain, `Page ${number} of 2`, width - margin, 720, 8, quiet);
  rule(page, 706);
  rule(page, 58);
  write(
    page,
    fonts.plain,
    'Questions? Call 1-800-555-0142, Monday to Friday, 8 a.m. to 6 p.m. Pacific time.',
    margin,
    44,
    7.5,
    quiet,
  );
  writeRight(page, fonts.plain, 'Member FDIC · Equal Housing Lender', width - margin, 44, 7.5, quiet);
  return page;
}

function drawHeading(page: PDFPage, fonts: Fonts, { holders, address }: Account): void {
  [...holders, ...address].forEach((line, index) => write(page, fonts.plain, line, margin, 680 - index * 13, 10, ink));
  writeRight(page, fonts.plain, 'Statement date', 480, 680, 9, quiet);
  writeRight(page, fonts.plain, '06/30/2026', width - margin, 680, 9, ink);
}

function drawSummary(page: PDFPage, fonts: Fonts, account: Account, payments: readonly Payment[]): void {
  const total = payments.reduce((sum, { amount }) => sum + amount, 0);
  page.drawRectangle({ x: margin, y: 400, width: width - 2 * margin, height: 200, color: shade });
  write(page, fonts.bold, 'Account summary', margin + 16, 574, 12, brand);
  const lines: [string, string][] = [
    ['Account number', account.number],
    ['Account holders', account.holders.join(', ')],
    ['Product', account.product],
    ['Date opened', account.opened],
    ['Interest rate', account.rate],
    ['Opening balance', money(account.opening)],
    ['Total paid', money(total)],
    ['Closing balance', money(account.opening - total)],
  ];
  lines.forEach(([label, value], index) => pair(page, fonts, label, value, margin + 16, 550 - index * 18.5, 150));
}

/** Draws a heading and rows downwards; gives the height at which it ended. */
function drawTable(page: PDFPage, fonts: Fonts, payments: readonly Payment[], top: number): number {
  page.drawRectangle({ x: margin, y: top - 14, width: width - 2 * margin, height: rowHeight, color: brand });
  const white = rgb(1, 1, 1);
  write(page, fonts.bold, 'Payment date', columns.date, top - 8, 9, white);
  write(page, fonts.bold, 'Description', columns.what, top - 8, 9, white);
  writeRight(page, fonts.bold, 'Amount', columns.amount, top - 8, 9, white);
  writeRight(page, fonts.bold, 'Balance', columns.balance, top - 8, 9, white);
  payments.forEach(({ date, what, amount, balance }, index) => {
    const y = top - 8 - (index + 1) * rowHeight;
    if (index % 2 === 1)
      page.drawRectangle({ x: margin, y: y - 6, width: width - 2 * margin, height: rowHeight, color: shade });
    write(page, fonts.plain, date, columns.date, y, 9, ink);
    write(page, fonts.plain, what, columns.what, y, 9, ink);
    writeRight(page, fonts.plain, money(amount), columns.amount, y, 9, ink);
    writeRight(page, fonts.plain, money(balance), columns.balance, y, 9, ink);
  });
  return top - 8 - (payments.length + 1) * rowHeight;
}

function drawClosing(page: PDFPage, fonts: Fonts, payments: readonly Payment[], y: number): void {
  rule(page, y + 13);
  const total = payments.reduce((sum, { amount }) => sum + amount, 0);
  write(page, fonts.bold, 'Total payments', columns.date, y, 9, ink);
  writeRight(page, fonts.bold, money(total), columns.amount, y, 9, ink);
  const notes = [
    'Payments received after 5 p.m. are credited on the next business day. Please keep this statement for your records.',
    'If you believe that an entry is wrong, write to the Loan Servicing Center within 60 days of the statement date.',
  ];
  notes.forEach((note, index) => write(page, fonts.plain, note, margin, y - 40 - index * 12, 8, quiet));
}

function pair(page: PDFPage, fonts: Fonts, label: string, value: string, x: number, y: number, gap: number): void {
  write(page, fonts.plain, label, x, y, 9.5, quiet);
  write(page, fonts.bold, value, x + gap, y, 9.5, ink);
}

function write(
  page: PDFPage,
  font: PDFFont,
  text: string,
  x: number,
  y: number,
  size: number,
  color: typeof ink,
): void {
  page.drawText(text, { x, y, size, font, color });
}

function writeRight(
  page: PDFPage,
  font: PDFFont,
  text: string,
  x: number,
  y: number,
  size: number,
  color: typeof ink,
): void {
  write(page, font, text, x - font.widthOfTextAtSize(text, size), y, size, color);
}

function rule(page: PDFPage, y: number): void {
  page.drawLine({
    start: { x: margin, y },
    end: { x: width - margin, y },
    thickness: 0.6,
    color: rgb(0.8, 0.83, 0.85),
  });
}

function money(cents: number): string {
  return `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
}
