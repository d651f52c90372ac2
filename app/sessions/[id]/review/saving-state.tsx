import { counted } from '#app/ui/format.ts';
import { Button } from '#app/ui/button.tsx';
import { Mark } from '#app/ui/mark.tsx';
import type { Edits } from './state/use-edits.ts';

/** Whether the server has all that was changed here. */
export function SavingState({ saving }: { saving: Edits['saving'] }) {
  const { entries, refused, trouble, retry } = saving;
  const changes = counted(entries.length, 'change');
  return (
    <span role="status" className="flex items-center gap-1.5" data-saving={stateOf(saving)}>
      {trouble ? (
        <>
          <Mark tone="orange" shape="warning" className="size-3" />
          <span className="text-orange" title={trouble}>
            {changes} not saved: the server is away
          </span>
          <Button size="small" kind="quiet" onClick={retry}>
            Try now
          </Button>
        </>
      ) : entries.length > 0 ? (
        'Saving…'
      ) : refused.length > 0 ? (
        <span className="text-orange">{counted(refused.length, 'change was', 'changes were')} not saved</span>
      ) : (
        'All changes saved'
      )}
    </span>
  );
}

function stateOf({ entries, refused, trouble }: Edits['saving']): string {
  if (trouble) return 'waiting';
  if (entries.length > 0) return 'saving';
  return refused.length > 0 ? 'refused' : 'saved';
}
