'use client';

import { schemasResponse } from '#lib/core/contract/schemas.ts';
import type { SessionDetail, SessionSummary } from '#lib/core/contract/sessions.ts';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { counted, money } from '#app/ui/format.ts';
import { Segments } from '#app/ui/segments.tsx';
import { extractAgain } from '#app/sessions/session-actions.ts';

interface Props {
  session: SessionDetail;
  current: { documentId: string; accountIndex: number; pageNum: number } | null;
  onChange: (session: SessionSummary) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const scopes = ['all', 'document', 'account', 'page'] as const;
type Scope = (typeof scopes)[number];

/** Runs a session again: all of it or a part, under its own schema or another. What people decided is kept. */
export function ExtractDialog({ session, current, onChange, open, onOpenChange }: Props) {
  const [scope, setScope] = useState<Scope>('all');
  const [slug, setSlug] = useState(session.schema.slug);
  const [isBusy, setBusy] = useState(false);
  const { data } = useSWR(open ? '/api/schemas' : null, (url) => callApi(url, schemasResponse));
  const own = data?.schemas.find((schema) => schema.slug === session.schema.slug);
  const isElsewhere = slug !== session.schema.slug || (own !== undefined && own.version !== session.schema.version);
  const start = async () => {
    setBusy(true);
    const other = slug !== session.schema.slug ? { schema: slug } : own && isElsewhere ? { version: own.version } : {};
    const changed = await extractAgain(session.id, { scope: scopeOf(isElsewhere ? 'all' : scope, current), ...other });
    setBusy(false);
    if (!changed) return;
    onOpenChange(false);
    onChange(changed);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Extract again">
      <div className="flex flex-col gap-4 text-sm">
        <label className="flex flex-col gap-1">
          Schema
          <select
            value={slug}
            onChange={(event) => setSlug(event.target.value)}
            className="h-9 rounded-md border border-edge bg-canvas px-2"
          >
            {(data?.schemas ?? [session.schema]).map((schema) => (
              <option key={schema.slug} value={schema.slug}>
                {schema.name} v{schema.version}
              </option>
            ))}
          </select>
        </label>
        {isElsewhere ? null : (
          <Segments
            name="scope"
            label="Scope"
            value={scope}
            onChange={setScope}
            options={[
              { value: 'all', label: 'All' },
              { value: 'document', label: 'Document' },
              { value: 'account', label: 'Account' },
              { value: 'page', label: `Page ${(current?.pageNum ?? 0) + 1}` },
            ]}
          />
        )}
        <p className="text-muted">
          {isElsewhere
            ? 'Only what depends on the schema is redone. '
            : 'What you select is extracted again; everything else is reused. '}
          Edits, confirmations and moved boundaries are kept; where the new run differs, its value is shown as a
          suggestion.
          {session.cost_usd > 0
            ? ` The last run of ${counted(session.pages_total, 'page')} cost ${money(session.cost_usd)}.`
            : ''}
        </p>
        <Button kind="primary" disabled={isBusy} onClick={() => void start()}>
          Start run {session.run + 1}
        </Button>
      </div>
    </Dialog>
  );
}

function scopeOf(scope: Scope, current: Props['current']): unknown {
  if (scope === 'all' || !current) return 'all';
  const document = { document_id: current.documentId };
  if (scope === 'account') return { ...document, account_index: current.accountIndex };
  return scope === 'page' ? { ...document, pages: [current.pageNum] } : document;
}
