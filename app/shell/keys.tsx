'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react';
import { Keyboard } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Kbd } from '#app/ui/kbd.tsx';

export interface KeyAction {
  /** One key, or two in a row such as `g s`. */
  keys: string;
  label: string;
  /** Goes on while the key is held down: for moving about, never for what changes something. */
  repeats?: true;
  /** Absent: only listed, the browser or somebody else does it. */
  run?: () => void;
}

interface Group {
  title: string;
  actions: readonly KeyAction[];
  /** Keys of all screens: a screen's own keys come before them. */
  isEverywhere: boolean;
}

const KeysContext = createContext<(group: Group) => () => void>(() => () => {});
const ListContext = createContext<() => void>(() => {});

/** Two keys in a row must come within this time. */
const sequenceMs = 800;

/** Runs the keys of the screen, and lists them on `?`. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<readonly Group[]>([]);
  const [listed, setListed] = useState(false);

  const onKey = useEffectEvent((pressed: string, event: KeyboardEvent): boolean => {
    if (pressed === '?') {
      setListed(true);
      return true;
    }
    const action = inForce(groups)
      .flatMap((group) => group.actions)
      .find((each) => each.keys === pressed);
    if (!action?.run) return false;
    event.preventDefault();
    if (!event.repeat || action.repeats) action.run();
    return true;
  });

  useEffect(() => {
    let before = { key: '', at: 0 };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
      const isSequence = event.timeStamp - before.at < sequenceMs;
      const done = (isSequence && onKey(`${before.key} ${event.key}`, event)) || onKey(event.key, event);
      before = done ? { key: '', at: 0 } : { key: event.key, at: event.timeStamp };
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const register = useMemo(
    () => (group: Group) => {
      setGroups((current) => [...current, group]);
      return () => setGroups((current) => current.filter((each) => each !== group));
    },
    [],
  );
  const list = useCallback(() => setListed(true), []);
  return (
    <KeysContext value={register}>
      <ListContext value={list}>{children}</ListContext>
      <Dialog open={listed} onOpenChange={setListed} title="Keyboard shortcuts">
        <div className="flex flex-col gap-5">
          {inForce(groups).map((group) => (
            <KeyList key={group.title} group={group} />
          ))}
        </div>
      </Dialog>
    </KeysContext>
  );
}

/**
 * Shortcuts of a screen while it is mounted; of all screens where `isEverywhere`. `actions` should keep its identity between
 * renders.
 */
export function useKeys(title: string, actions: readonly KeyAction[], isEverywhere = false): void {
  const register = useContext(KeysContext);
  useEffect(
    () => (actions.length > 0 ? register({ title, actions, isEverywhere }) : undefined),
    [register, title, actions, isEverywhere],
  );
}

/** What the screen has a key for means that, and nothing else. */
function inForce(groups: readonly Group[]): Group[] {
  const own = groups.filter((group) => !group.isEverywhere);
  const taken = new Set(own.flatMap((group) => group.actions.map(({ keys }) => keys)));
  const others = groups.filter((group) => group.isEverywhere);
  return [
    ...own,
    ...others.map((group) => ({ ...group, actions: group.actions.filter(({ keys }) => !taken.has(keys)) })),
  ];
}

/** For those who don't know the key. */
export function KeysButton() {
  const list = useContext(ListContext);
  return (
    <Tooltip label="Keyboard shortcuts" keys="?">
      <Button kind="quiet" size="icon" aria-label="Keyboard shortcuts" className="max-md:hidden" onClick={list}>
        <Keyboard />
      </Button>
    </Tooltip>
  );
}

function KeyList({ group }: { group: Group }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-faint">{group.title}</h3>
      <dl>
        {group.actions.map((action) => (
          <div key={action.keys} className="flex h-8 items-center justify-between">
            <dt>{action.label}</dt>
            <dd className="flex gap-1">
              {action.keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Someone types, or a popup is open and has its own keys. */
export function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role=dialog],[role=alertdialog],[role=listbox],[role=menu]'))
    return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type);
}
