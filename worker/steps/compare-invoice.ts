import { type InvoiceClaim, shownOn, withPrinted } from '#lib/core/values/invoice-claims.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { pack, type Packed, unpack } from './packed.ts';

interface PageToSearch {
  page: Page;
  claims: readonly InvoiceClaim[];
}

/** The paths of the claims of an electronic invoice that a page shows. */
export function findClaims({ page, claims }: PageToSearch): string[] {
  return shownOn(page, claims);
}

interface InvoiceToCompare {
  leaves: Packed<Value[]>;
  claims: readonly InvoiceClaim[];
  /** Paths that some page shows. */
  shown: readonly string[];
  /** What was read on the document's own pages. */
  printed: readonly Packed<Value[]>[];
}

/** The values of an electronic invoice with what the document's own pages say of them. */
export function compareInvoice({ leaves, claims, shown, printed }: InvoiceToCompare): Packed<Value[]> {
  return pack(withPrinted(unpack(leaves), claims, new Set(shown), printed.flatMap(unpack)));
}
