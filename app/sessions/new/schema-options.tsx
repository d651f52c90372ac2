'use client';

import type { SchemaSummary } from '#lib/core/contract/schemas.ts';
import { cn } from '#app/ui/cn.ts';

interface Props {
  schemas: readonly SchemaSummary[];
  value: string;
  describedBy: string | undefined;
  onChange: (slug: string) => void;
}

/** What to extract: radio buttons that say what each schema finds. */
export function SchemaOptions({ schemas, value, describedBy, onChange }: Props) {
  return (
    <div
      role="radiogroup"
      aria-label="Schema"
      aria-describedby={describedBy}
      className="max-h-80 divide-y overflow-y-auto rounded-md border border-edge"
    >
      {schemas.map(({ slug, name, fields }) => (
        <label
          key={slug}
          className={cn(
            'grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-3 py-2 transition-colors duration-100 first:rounded-t-md last:rounded-b-md hover:bg-hover',
            'has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ring',
          )}
        >
          <input
            type="radio"
            name="schema"
            value={slug}
            required
            checked={slug === value}
            onChange={() => onChange(slug)}
            className="mt-[3px] size-3.5 shrink-0 cursor-pointer appearance-none rounded-full border border-faint outline-hidden checked:border-4 checked:border-accent"
          />
          <span className="font-medium">{name}</span>
          <span className="col-start-2 truncate text-xs text-muted">{whatItFinds(fields)}</span>
        </label>
      ))}
    </div>
  );
}

function whatItFinds(fields: readonly string[]): string {
  return fields.map((field) => field.replaceAll('_', ' ')).join(', ');
}
