import { Plus } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { commandKey } from '#app/shell/command-key.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';

export interface RowTools {
  insert: () => void;
  remove: () => void;
  merge: () => void;
  split: () => void;
  fill: () => void;
}

const verbs: readonly { verb: keyof RowTools; label: string; keys?: string }[] = [
  { verb: 'remove', label: 'Delete row', keys: `${commandKey}⌫` },
  { verb: 'merge', label: 'Merge with next', keys: `${commandKey}M` },
  { verb: 'split', label: 'Split row' },
  { verb: 'fill', label: 'Fill from above', keys: `${commandKey}D` },
];

/** What can be done with the row of the focused cell; rows can be added always. */
export function GridTools({ tools, onAdd }: { tools: RowTools | null; onAdd: () => void }) {
  return (
    <div className="ml-auto flex flex-wrap items-center justify-end gap-1">
      {tools
        ? verbs.map(({ verb, label, keys }) => (
            <Tooltip key={verb} label={label} {...(keys ? { keys } : {})}>
              <Button kind="quiet" size="small" onMouseDown={(event) => event.preventDefault()} onClick={tools[verb]}>
                {label.split(' ')[0]}
                <span className="sr-only">{label.slice(label.indexOf(' '))}</span>
              </Button>
            </Tooltip>
          ))
        : null}
      <Tooltip label={tools ? 'Insert a row below' : 'Add a row'} keys={`${commandKey}Enter`}>
        <Button
          kind="quiet"
          size="small"
          onMouseDown={(event) => event.preventDefault()}
          onClick={tools ? tools.insert : onAdd}
        >
          <Plus />
          Row
        </Button>
      </Tooltip>
    </div>
  );
}
