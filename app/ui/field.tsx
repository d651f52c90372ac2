import type { ReactNode } from 'react';

/** What is wrong with a form's field; point the field's `aria-describedby` at `id`. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="mt-1.5 text-sm text-red">
      {children}
    </p>
  );
}

export function FieldLabel({ htmlFor, hint, children }: { htmlFor: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="mb-1.5 flex items-baseline justify-between gap-3">
      <label htmlFor={htmlFor} className="font-medium">
        {children}
      </label>
      {hint ? <span className="text-xs text-faint">{hint}</span> : null}
    </div>
  );
}
