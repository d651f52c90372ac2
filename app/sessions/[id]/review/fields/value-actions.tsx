import type { ValueView } from '#lib/core/contract/results.ts';
import { Check, Copy, Pencil, RotateCcw, Slash } from 'lucide-react';
import type { ReactElement } from 'react';
import { toast } from 'sonner';
import { Button } from '#app/ui/button.tsx';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { valueText } from './value-labels.ts';

export interface ValueVerbs {
  confirm: () => void;
  edit: () => void;
  markAbsent: () => void;
  revert: () => void;
}

/** What can be done with the focused value. Each has its key, so none is in the way of Tab. */
export function ValueActions({
  field,
  verbs,
  isReadOnly,
}: {
  field: ValueView;
  verbs: ValueVerbs;
  isReadOnly: boolean;
}) {
  return (
    <div role="toolbar" aria-label={`${field.label}: actions`} className="flex gap-0.5">
      {isReadOnly ? null : (
        <>
          <Action
            label="Confirm"
            keys="Enter"
            icon={<Check />}
            isOff={field.value === null && field.state !== 'absent'}
            onClick={verbs.confirm}
          />
          <Action label="Edit" keys="e" icon={<Pencil />} onClick={verbs.edit} />
          <Action label="Mark absent" keys="a" icon={<Slash />} onClick={verbs.markAbsent} />
          <Action
            label="Back to what was extracted"
            keys="r"
            icon={<RotateCcw />}
            isOff={field.original === null}
            onClick={verbs.revert}
          />
        </>
      )}
      <Action
        label="Copy"
        keys="c"
        icon={<Copy />}
        isOff={field.value === null}
        onClick={() => void copyValue(field)}
      />
    </div>
  );
}

export async function copyValue(field: ValueView): Promise<void> {
  await navigator.clipboard.writeText(valueText(field));
  toast(`${field.label} copied.`);
}

interface ActionProps {
  label: string;
  keys: string;
  icon: ReactElement;
  isOff?: boolean;
  onClick: () => void;
}

function Action({ label, keys, icon, isOff = false, onClick }: ActionProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <Button
        kind="quiet"
        size="smallIcon"
        aria-label={label}
        tabIndex={-1}
        disabled={isOff}
        // The value keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {icon}
      </Button>
    </Tooltip>
  );
}
