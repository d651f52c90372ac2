'use client';

import { useEffect, useMemo, useRef } from 'react';
import { commandKey } from '#app/shell/command-key.ts';
import { type KeyAction, useKeys } from '#app/shell/keys.tsx';
import type { Edits } from './use-edits.ts';
import type { Stops } from './use-focus.ts';

interface Options {
  stops: Stops;
  edits: Edits;
  verify: () => void;
  skip: () => void;
  goPage: (by: 1 | -1) => void;
}

/** Keys of the review that work wherever the focus is, and the list of all of them for `?`. */
export function useReviewKeys(given: Options): void {
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });
  const actions = useMemo((): KeyAction[] => {
    const does = (action: (now: Options) => void) => () => action(latest.current);
    return [
      { keys: 'Enter', label: 'Confirm and go to the next' },
      { keys: 'Tab', label: 'Next value' },
      {
        keys: 'n',
        repeats: true,
        label: 'Next value needing attention',
        run: does(({ stops }) => void stops.goAttention(1)),
      },
      {
        keys: 'p',
        repeats: true,
        label: 'Previous value needing attention',
        run: does(({ stops }) => void stops.goAttention(-1)),
      },
      { keys: 'e', label: 'Edit (also F2, or a digit)' },
      { keys: 'a', label: 'Mark absent' },
      { keys: 'r', label: 'Revert to the extracted value' },
      { keys: 'c', label: 'Copy the value' },
      {
        keys: 'f',
        label: 'Show all values, or only those needing attention',
        run: does(({ stops }) => stops.setNarrowed(!stops.isNarrowed)),
      },
      { keys: 'u', label: `Undo (also ${commandKey}Z)`, run: does(({ edits }) => edits.undo()) },
      { keys: 'U', label: `Redo (also ${commandKey}⇧Z)`, run: does(({ edits }) => edits.redo()) },
      { keys: ']', repeats: true, label: 'Next page', run: does(({ goPage }) => goPage(1)) },
      { keys: '[', repeats: true, label: 'Previous page', run: does(({ goPage }) => goPage(-1)) },
      { keys: '.', repeats: true, label: 'Next account', run: does(({ stops }) => void stops.goAccount(1)) },
      { keys: ',', repeats: true, label: 'Previous account', run: does(({ stops }) => void stops.goAccount(-1)) },
      { keys: 's', label: 'Skip to the next session', run: does(({ skip }) => skip()) },
      { keys: 'v', label: 'Verify and open the next session', run: does(({ verify }) => verify()) },
    ];
  }, []);
  useKeys('Review', actions);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'z' || isTyping(event.target)) return;
      event.preventDefault();
      const { edits } = latest.current;
      if (event.shiftKey) edits.redo();
      else edits.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
