'use client';

import { useMemo, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { counted } from '#app/ui/format.ts';
import { Skeleton } from '#app/ui/skeleton.tsx';
import type { Results } from '#lib/results/get.ts';
import type { SessionDetail } from '#lib/sessions/get.ts';
import { Account } from './account.tsx';

interface Props {
  session: SessionDetail;
  results: Results;
  required: readonly string[];
}

/** The session's values, account by account. */
export function Values({ session, results, required }: Props) {
  const [isNarrowed, setNarrowed] = useState(false);
  const mustBeThere = useMemo(() => new Set(required), [required]);
  const names = new Map(session.documents.map((document) => [document.id, document.name]));
  if (results.accounts.length === 0) return <NoValues session={session} />;
  return (
    <section aria-labelledby="values" className="flex flex-col gap-4">
      <div className="flex h-8 items-center justify-between">
        <h2 id="values" className="font-medium">
          Values
        </h2>
        {session.needs_attention > 0 ? (
          <Button size="small" aria-pressed={isNarrowed} onClick={() => setNarrowed(!isNarrowed)}>
            {isNarrowed ? 'Show all values' : `Show only what needs attention`}
          </Button>
        ) : null}
      </div>
      {results.accounts.map((account) => (
        <Account
          key={`${account.document_id}/${account.account_index}`}
          account={account}
          documentName={names.get(account.document_id) ?? ''}
          required={mustBeThere}
          isNarrowed={isNarrowed}
        />
      ))}
    </section>
  );
}

function NoValues({ session: { status, documents_total } }: Pick<Props, 'session'>) {
  if (status === 'processing') {
    return (
      <section aria-label="Values" aria-busy>
        <h2 className="mb-2 font-medium">Values</h2>
        <div className="divide-y rounded-md border">
          {Array.from({ length: 6 }, (_, row) => (
            <div key={row} className="flex h-10 items-center gap-6 px-3">
              <Skeleton className="h-3 w-32" />
              <Skeleton className="h-3 w-56" />
            </div>
          ))}
        </div>
        <p className="mt-2 text-sm text-muted">Values appear as soon as a document is done.</p>
      </section>
    );
  }
  return <p className="text-muted">There are no values: {counted(documents_total, 'document')} gave no result.</p>;
}
