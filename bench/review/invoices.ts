import { PDFDocument, StandardFonts } from 'pdf-lib';
import { seeded } from '#tests/support/loan-packet/random.ts';

/** An invoice on whose page the total is misprinted, so that one value must be corrected. */
export interface PlannedInvoice {
  name: string;
  pdf: Uint8Array;
  /** Of each value's label what is right. */
  truth: ReadonlyMap<string, string>;
}

const sellers = ['Nordwind Supplies Ltd', 'Alder & Sons Ltd', 'Bluewater Tools Inc', 'Harbour Paper Co'] as const;
const buyers = ['Maple Street Clinic', 'Fennel Kitchens LLC', 'Quarry House School', 'Redhill Motors'] as const;
const goods = ['Copy paper A4', 'Desk lamp', 'Filing cabinet', 'Toner black', 'Office chair', 'Whiteboard'] as const;

export async function planInvoice(seed: number): Promise<PlannedInvoice> {
  const random = seeded(seed);
  const lines = Array.from({ length: random.int(2, 6) }, () => {
    const [quantity, cents] = [random.int(1, 20), random.int(250, 90_000)];
    return { text: random.pick(goods), quantity, cents, amount: quantity * cents };
  });
  const net = lines.reduce((sum, { amount }) => sum + amount, 0);
  const tax = Math.round(net / 5);
  const [seller, buyer] = [random.pick(sellers), random.pick(buyers)];
  const day = String(random.int(10, 28));
  const number = `INV-${2000 + seed}`;
  const facts = [
    ['Invoice number', number],
    ['Invoice date', `2025-03-${day}`],
    ['Due date', `2025-04-${day}`],
    ['Seller', seller],
    ['VAT number', `GB${random.int(100_000_000, 999_999_999)}`],
    ['Buyer', buyer],
    ['Currency', 'EUR'],
  ] as const;
  const totals = [
    ['Subtotal', net],
    ['VAT', tax],
    // A digit slipped in print.
    ['Total due', net + tax + 1000],
  ] as const;
  const truth = new Map([['Grand total', ((net + tax) / 100).toFixed(2)]]);
  return { name: `${number}.pdf`, pdf: await draw(facts, lines, totals), truth };
}

const money = (cents: number) => (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });

async function draw(
  facts: readonly (readonly [string, string])[],
  lines: readonly { text: string; quantity: number; cents: number; amount: number }[],
  totals: readonly (readonly [string, number])[],
): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([595, 842]);
  let y = 790;
  const write = (x: number, text: string, size = 10) => page.drawText(text, { x, y, size, font });
  write(50, 'INVOICE', 20);
  y -= 40;
  for (const [label, value] of facts) {
    write(50, `${label}:`);
    write(170, value);
    y -= 18;
  }
  y -= 20;
  const columns = [50, 280, 360, 460] as const;
  ['Item', 'Quantity', 'Unit price', 'Amount'].forEach((head, index) => write(columns[index] ?? 0, head));
  for (const { text, quantity, cents, amount } of lines) {
    y -= 18;
    [text, String(quantity), money(cents), money(amount)].forEach((cell, index) => write(columns[index] ?? 0, cell));
  }
  y -= 36;
  for (const [label, cents] of totals) {
    write(360, `${label}:`);
    write(460, money(cents));
    y -= 18;
  }
  return document.save();
}
