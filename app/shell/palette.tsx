'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import { backdropLook, popupLook } from '#app/ui/dialog.tsx';
import { type Command, useCommands } from './use-commands.ts';

/** `⌘K`: to a session, a schema, a screen or an action by its name. */
export function Palette() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((current) => !current);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropLook} />
        <Dialog.Popup className={cn(popupLook, 'w-[36rem] overflow-hidden')}>
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <Choice onDone={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choice({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(query);
  const chosen = Math.min(at, commands.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    if (command.href) router.push(command.href);
    command.run?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + commands.length) % Math.max(1, commands.length));
    }
    if (event.key === 'Enter') run(commands[chosen]);
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Go to a session, a schema or an action"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={commands.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder="Go to a session, a schema or an action"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b bg-transparent px-4 text-base outline-hidden"
      />
      <div role="listbox" id={`${id}-list`} aria-label="Results" className="max-h-88 min-h-24 overflow-y-auto p-1">
        {commands.map((command, index) => (
          // The keys are the input's; a pointer may choose too.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
            className="flex h-9 items-center gap-3 rounded-sm px-3 text-sm aria-selected:bg-pressed"
          >
            <command.icon aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            <span className="text-xs text-faint">{command.kind}</span>
          </div>
        ))}
        {commands.length === 0 ? <p className="px-3 py-2 text-sm text-muted">No results.</p> : null}
      </div>
    </>
  );
}
