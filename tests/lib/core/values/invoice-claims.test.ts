import { describe, expect, it } from 'vitest';
import { fromInvoice, type TermValue } from '#lib/core/values/electronic-invoice.ts';
import { claimsOf, type InvoiceClaim, shownOn } from '#lib/core/values/invoice-claims.ts';
import type { Value } from '#lib/core/values/value.ts';
import { textPage } from '#tests/support/text-page.ts';

function claim(kind: InvoiceClaim['kind'], text: string): InvoiceClaim {
  return { path: 'Field', kind, text, isOptional: false, of: 'invoice' };
}

const shows = (line: string, one: InvoiceClaim) => shownOn(textPage(0, [line]), [one]).length > 0;

describe('a page shows an amount', () => {
  it.each([
    'Total: $1,234.50',
    'Gesamtbetrag 1.234,50 €',
    'Gesamtbetrag 1.234,50 € netto 1.037,39',
    'Total TTC 1 234,50 €',
    "Total CHF 1'234.50",
    'Gutschrift -1.234,50',
    'Gutschrift 1.234,50-',
    'Total 1234.5',
  ])('in any notation: %s', (line) => {
    expect(shows(line, claim('number', '1234.50'))).toBe(true);
  });

  it.each(['Betrag 1.200,-', 'Amount 1,200', 'Betrag 1.200', 'Amount 1200'])('without its decimals: %s', (line) => {
    expect(shows(line, claim('number', '1200.00'))).toBe(true);
  });

  it('only when it is that amount', () => {
    expect(shows('Total: $1,324.50 of No 12345', claim('number', '1234.50'))).toBe(false);
  });
});

describe('a page shows a day', () => {
  it.each(['2025-03-04', '04.03.2025', '4. März 2025', '4 mars 2025', 'March 4, 2025', '04/03/25', '03/04/2025'])(
    'in any notation: %s',
    (line) => {
      expect(shows(`Date ${line}`, claim('date', '2025-03-04'))).toBe(true);
    },
  );

  it('only when it is that day', () => {
    expect(shows('Datum 05.03.2025', claim('date', '2025-03-04'))).toBe(false);
  });
});

describe('a page shows a number of an invoice', () => {
  it('whatever is between its letters and digits', () => {
    expect(shows('Rechnung Nr. re 2025 / 17', claim('text', 'RE-2025/17'))).toBe(true);
    expect(shows('Rechnung Nr. RE-2025/71', claim('text', 'RE-2025/17'))).toBe(false);
  });

  it('with letters that OCR confuses, where it was read by OCR', () => {
    const page = textPage(0, ['Invoice RE-2O25/l7']);
    expect(shownOn(page, [claim('text', 'RE-2025/17')])).toEqual([]);
    expect(shownOn({ ...page, source: 'ocr' }, [claim('text', 'RE-2025/17')])).toEqual(['Field']);
  });
});

it('what a page may well not print is not claimed: a tax of zero, and terms that tell no invoice from another', () => {
  const terms: TermValue[] = [
    { path: ['Tax'], term: 'BT-110', of: 'invoice', value: '0.00', quote: '0.00' },
    { path: ['Seller'], term: 'BT-27', of: 'invoice', value: 'Heron', quote: 'Heron' },
    { path: ['Total'], term: 'BT-112', of: 'invoice', value: '12.50', quote: '12.50' },
  ];
  const about = {
    label: '',
    type: 'string',
    state: 'found',
    evidence: null,
    trust: 0.9,
    signals: [],
    checks: [],
  } as const;
  const leaves = terms.map(({ path, value }): Value =>
    fromInvoice({ ...about, path, value, raw: String(value), signals: [], checks: [] }),
  );
  expect(claimsOf(terms, leaves).map(({ path }) => path)).toEqual(['Total']);
});
