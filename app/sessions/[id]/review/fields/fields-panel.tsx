'use client';

import { Plus } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { isDecided } from '#lib/core/values/value.ts';
import { count } from '#app/ui/format.ts';
import type { GridOperation } from '#lib/core/values/grid-edits.ts';
import { type Block, toBlocks } from './blocks.ts';
import { Boundaries } from './boundaries.tsx';
import type { Reviewing } from '../state/review.ts';
import type { Stop } from '../state/use-focus.ts';
import { FieldRow } from './field-row.tsx';
import { ListGrid, rowHolds } from './list-grid.tsx';
import { RuleProblems } from './rule-problems.tsx';
import { copyValue } from './value-actions.tsx';

/** The values of one account, to look through and to change. */
export function FieldsPanel({ reviewing }: { reviewing: Reviewing }) {
  const { account, stops, editing, lists } = reviewing;
  const blocks = useMemo(() => toBlocks(account, lists), [account, lists]);
  const ids = useMemo(
    () => (stops.isNarrowed ? new Set(stops.stops.map((stop) => stop.field.id)) : null),
    [stops.isNarrowed, stops.stops],
  );
  const shown = ids ? blocks.filter((block) => holdsAny(block, ids)) : blocks;
  const byId = new Map(stops.stops.map((stop) => [stop.field.id, stop]));
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (!event.target.dataset.field) return;
    if (onFieldKey(event.key, event.shiftKey, event.repeat, reviewing)) event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the focused value, wherever it is in here
    <section aria-label="Fields" onKeyDown={onKeyDown} className="flex min-h-0 flex-1 flex-col">
      <RuleProblems account={account} onGo={stops.focus} />
      <Boundaries boundaries={account.boundaries} />
      <div className="flex h-9 shrink-0 items-center gap-2 border-b px-3 text-sm text-muted">
        {stops.open.length === 0 ? 'Nothing needs attention' : `${count(stops.open.length)} to review`}
        <ConfirmRest reviewing={reviewing} />
        <Button
          size="small"
          kind="quiet"
          aria-pressed={stops.isNarrowed}
          onClick={() => stops.setNarrowed(!stops.isNarrowed)}
        >
          {stops.isNarrowed ? `Show all ${count(account.fields.length)}` : 'Needs attention only'}
        </Button>
      </div>
      <div className="min-h-0 flex-1 divide-y overflow-y-auto" data-fields>
        {shown.length === 0 ? (
          <p className="px-3 py-6 text-sm text-muted">
            Every value of this account is settled or trusted. <kbd className="font-mono">V</kbd> verifies the session
            and opens the next.
          </p>
        ) : null}
        {shown.map((block) => (
          <BlockView
            key={block.kind === 'value' ? block.field.id : block.path}
            block={block}
            ids={ids}
            byId={byId}
            reviewing={reviewing}
          />
        ))}
      </div>
    </section>
  );
}

/** One change has at most so many operations. */
const maxTogether = 5000;

/** Values that nobody decided on and that need no attention, confirmed in one change. */
function ConfirmRest({ reviewing: { account, reasons, edits, isReadOnly } }: { reviewing: Reviewing }) {
  const rest = account.fields.filter(({ id, value, state }) => value !== null && !isDecided(state) && !reasons.has(id));
  const isShown = !isReadOnly && rest.length > 0;
  return (
    <Button
      size="small"
      kind="quiet"
      className={cn('ml-auto', !isShown && 'invisible')}
      onClick={() => edits.edit(rest.slice(0, maxTogether).map(({ id }) => ({ op: 'confirm', id })))}
    >
      Confirm the rest ({count(rest.length)})
    </Button>
  );
}

/** Keys of the focused value. false: not one of them. */
function onFieldKey(key: string, isShifted: boolean, isHeld: boolean, reviewing: Reviewing): boolean {
  const { stops, verbs, startEditing, isReadOnly, edits, proposal } = reviewing;
  const field = stops.focused?.field;
  if (!field) return false;
  if (key === 'Tab') return stops.go(isShifted ? -1 : 1);
  if (key === 'ArrowDown' || key === 'ArrowUp') return stops.go(key === 'ArrowDown' ? 1 : -1);
  if (key === 'c') {
    void copyValue(field);
    return true;
  }
  if (isReadOnly) return false;
  // A key that is held down moves about, and decides nothing.
  if (isHeld) return true;
  if (proposal && (key === 'Enter' || key === 'Escape')) {
    if (key === 'Enter') reviewing.takeProposal();
    else reviewing.dropProposal();
  } else if (key === 'Enter') {
    const canStand = field.value !== null || field.state === 'absent';
    if (canStand) verbs.confirm();
    else startEditing(null);
  } else if (key === 'e' || key === 'F2') startEditing(null);
  else if (key === 'a' || key === 'Delete') verbs.markAbsent();
  else if (key === 'r') verbs.revert();
  else if (/^[0-9]$/.test(key)) startEditing(key);
  else return false;
  return edits !== undefined;
}

interface BlockProps {
  block: Block;
  /** Values to show of it; null: all. */
  ids: ReadonlySet<string> | null;
  byId: ReadonlyMap<string, Stop>;
  reviewing: Reviewing;
}

function BlockView({ block, ids, byId, reviewing }: BlockProps) {
  const { stops, account, edits, isReadOnly } = reviewing;
  if (block.kind === 'rows') return <ListGrid block={block} ids={ids} reviewing={reviewing} />;
  const add = (path: string) => {
    const id = crypto.randomUUID();
    const operation: GridOperation = {
      op: 'insert_row',
      document_id: account.document_id,
      account_index: account.account_index,
      path,
      id,
      row_id: crypto.randomUUID(),
      values: {},
    };
    edits.edit([operation]);
    stops.focus(`${id}.0`);
  };
  const addButton = (path: string) =>
    isReadOnly ? null : (
      <Button kind="quiet" size="small" className="ml-1" onClick={() => add(path)}>
        <Plus />
        Add {block.label}
      </Button>
    );
  const fields = (block.kind === 'value' ? [block.field] : block.fields).filter((field) => ids?.has(field.id) ?? true);
  return (
    <div>
      {fields.map((field) => {
        const stop = byId.get(field.id) ?? { field, reason: reviewing.reasons.get(field.id) ?? null };
        return (
          <FieldRow
            key={field.id}
            stop={stop}
            label={block.label}
            isFocused={stops.focusedId === field.id}
            reviewing={reviewing}
          />
        );
      })}
      {block.kind === 'values' ? (
        <div className="flex min-h-9 items-center px-3 text-sm">
          {fields.length === 0 ? <span className="w-36 text-muted">{block.label}</span> : null}
          {addButton(block.path)}
        </div>
      ) : null}
    </div>
  );
}

function holdsAny(block: Block, ids: ReadonlySet<string>): boolean {
  if (block.kind === 'value') return ids.has(block.field.id);
  if (block.kind === 'values') return block.fields.some((field) => ids.has(field.id));
  return block.kind === 'rows' && block.rows.some((row) => rowHolds(row, ids));
}
