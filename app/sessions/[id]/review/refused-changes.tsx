import type { Operation } from '#lib/core/contract/edits.ts';
import type { Results } from '#lib/core/contract/results.ts';
import { Button } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/callout.tsx';
import { valueText } from './fields/value-labels.ts';
import type { Edits } from './state/use-edits.ts';

interface Props {
  saving: Edits['saving'];
  results: Results;
}

/** Changes that the server did not take, each with what it is now: a person decides, and nothing is lost. */
export function RefusedChanges({ saving, results }: Props) {
  if (saving.refused.length === 0) return null;
  return (
    <div className="p-2">
      <Notice tone="orange" title="These changes were not saved">
        <ul className="mt-1 flex flex-col gap-1.5">
          {saving.refused.map(({ id, operations, reason }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 basis-64">
                {operations.map((operation) => described(operation, results)).join('; ')}{' '}
                <span className="text-faint">{reason}</span>
              </span>
              <Button size="small" onClick={() => saving.resend(id)}>
                Save it anyway
              </Button>
              <Button size="small" kind="quiet" onClick={() => saving.discard(id)}>
                Discard
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** `Total: 12.00 (now 13.00)`. */
function described(operation: Operation, results: Results): string {
  if (operation.op === 'insert_row') return `New row in ${operation.path}`;
  if (operation.op === 'delete_row') return 'Row deleted';
  if (operation.op === 'move_boundary') return 'Pages moved';
  if (operation.op === 'undo') return 'Undo';
  if (operation.op === 'set_cell') return `${operation.column}: ${String(operation.value)}`;
  const field = results.accounts.flatMap(({ fields }) => fields).find(({ id }) => id === operation.id);
  const label = field?.label ?? 'A value that is not there any more';
  const now = field ? ` (now ${valueText(field) || 'empty'})` : '';
  if (operation.op === 'set') return `${label}: ${String(operation.value)}${now}`;
  const verbs = { confirm: 'confirmed', absent: 'marked absent', revert: 'reverted' };
  return `${label} ${verbs[operation.op]}${now}`;
}
