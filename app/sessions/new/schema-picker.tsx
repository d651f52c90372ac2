import type { SchemaSummary } from '#lib/schemas/get.ts';

const shownFields = 6;

/** What to extract, as options that say what each gives. */
export function SchemaPicker({ schemas, problem }: { schemas: SchemaSummary[]; problem: string | undefined }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Schema</legend>
      <div className="overflow-hidden rounded border border-line-strong bg-raised">
        {schemas.map((schema, index) => (
          <label key={schema.slug} className="relative block border-t border-line first:border-t-0">
            <input type="radio" name="schema" value={schema.slug} defaultChecked={index === 0} required className="peer absolute left-3 top-3 accent-(--accent)" />
            <span className="block cursor-pointer py-2 pl-9 pr-3 peer-checked:bg-accent-soft peer-focus-visible:outline-2 peer-focus-visible:-outline-offset-2 peer-focus-visible:outline-accent">
              <span className="font-medium">{schema.name}</span>
              <span className="block truncate text-xs text-ink-soft">{fieldList(schema.fields)}</span>
            </span>
          </label>
        ))}
      </div>
      {problem && (
        <p role="alert" className="mt-1.5 text-sm text-red">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

function fieldList(fields: readonly string[]): string {
  const names = fields.slice(0, shownFields).map((field) => field.replaceAll('_', ' ').toLowerCase());
  const more = fields.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
