import type { ComponentProps } from 'react';

interface Props {
  label: string;
  isChecked: boolean;
  /** Some of what it stands for. */
  isMixed?: boolean;
  onToggle: (isRange: boolean) => void;
}

/** Selects a row, or all; with Shift a range of them. */
export function SelectBox({ label, isChecked, isMixed = false, onToggle }: Props) {
  const toggle: ComponentProps<'input'>['onClick'] = (event) => {
    event.stopPropagation();
    onToggle(event.shiftKey);
  };
  return (
    <input
      type="checkbox"
      data-row-select
      aria-label={label}
      checked={isChecked}
      ref={(box) => {
        if (box) box.indeterminate = isMixed && !isChecked;
      }}
      // The click tells of Shift; the change is only for React to know that it is controlled.
      onChange={() => undefined}
      onClick={toggle}
      className="block size-3.5 cursor-pointer accent-accent"
    />
  );
}
