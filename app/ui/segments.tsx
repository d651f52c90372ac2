import { cn } from './cn.ts';

interface Props<Value extends string> {
  name: string;
  /** What is chosen, for screen readers. */
  label: string;
  /** null: nothing yet. */
  value: Value | null;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few: radio buttons that look like one control. Works without JavaScript. */
export function Segments<Value extends string>({ name, label, value, options, onChange }: Props<Value>) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="grid auto-cols-fr grid-flow-col rounded-md border border-edge bg-surface p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'relative flex h-8 items-center justify-center rounded-sm text-sm text-muted transition-colors duration-100 hover:text-ink',
            'has-checked:bg-canvas has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-edge',
            'has-focus-visible:outline-2 has-focus-visible:outline-ring',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-hidden"
          />
          <span className="pointer-events-none">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
