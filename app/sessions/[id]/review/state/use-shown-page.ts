'use client';

import { useState } from 'react';
import type { AccountView } from '#lib/core/contract/results.ts';
import type { SessionDetail } from '#lib/core/contract/sessions.ts';

interface ShownPage {
  documentId: string;
  pageNum: number;
}

/** The page that is shown: of the account that is reviewed, wherever its values stand, until another page is chosen. */
export function useShownPage({ documents }: SessionDetail, account: AccountView | undefined) {
  const first = documents.find(({ pages_total }) => pages_total > 0) ?? documents[0];
  const [shown, setShown] = useState<ShownPage>(firstPageOf(account) ?? { documentId: first?.id ?? '', pageNum: 0 });
  const [owner, setOwner] = useState(account?.document_id);
  // Another document's account: its values need not have places that lead there.
  if (account && account.document_id !== owner) {
    setOwner(account.document_id);
    if (account.document_id !== shown.documentId) setShown(firstPageOf(account) ?? shown);
  }
  return [shown, setShown] as const;
}

function firstPageOf(account: AccountView | undefined): ShownPage | null {
  return account ? { documentId: account.document_id, pageNum: account.pages[0] ?? 0 } : null;
}
