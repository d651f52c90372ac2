import { Badge } from '#app/ui/badge.tsx';
import type { Field } from '#lib/core/fields/field.ts';

/** What is extracted: each field with its type and the labels under which it is looked for. */
export function FieldTree({ fields }: { fields: readonly Field[] }) {
  return (
    <ul className="divide-y rounded-md border text-sm">
      {fields.map((field) => (
        <FieldItem key={field.name} field={field} depth={0} />
      ))}
    </ul>
  );
}

function FieldItem({ field, depth }: { field: Field; depth: number }) {
  return (
    <>
      <li className="grid min-h-10 items-center gap-x-4 gap-y-0.5 px-3 py-1.5 md:grid-cols-[14rem_9rem_minmax(0,1fr)]">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2" style={{ paddingLeft: `${depth * 1.25}rem` }}>
          <span className="font-medium">{field.label}</span>
          <code className="truncate font-mono text-xs text-faint">{field.name}</code>
        </span>
        <span className="flex items-center gap-2 text-muted">
          {typeText(field)}
          {field.required ? <Badge tone="grey">Required</Badge> : null}
        </span>
        <span className="min-w-0 text-xs text-muted">
          {field.aliases.length > 0 ? <span>Also: {field.aliases.join(', ')}</span> : null}
          {field.description ? <span className="block">{field.description}</span> : null}
          <Limits field={field} />
        </span>
      </li>
      {childrenOf(field).map((child) => (
        <FieldItem key={child.name} field={child} depth={depth + 1} />
      ))}
    </>
  );
}

function Limits({ field }: { field: Field }) {
  if (field.kind !== 'scalar') return null;
  if (field.pattern) return <code className="block font-mono break-all text-faint">{field.pattern}</code>;
  return field.enum ? <span className="block">One of {field.enum.join(', ')}</span> : null;
}

function typeText(field: Field): string {
  if (field.kind === 'object') return 'group';
  if (field.kind === 'list') return field.item.kind === 'scalar' ? `list of ${typeText(field.item)}` : 'list of rows';
  return (
    field.format ?? { string: 'text', number: 'number', integer: 'whole number', boolean: 'yes or no' }[field.type]
  );
}

function childrenOf(field: Field): readonly Field[] {
  if (field.kind === 'object') return field.fields;
  return field.kind === 'list' && field.item.kind !== 'scalar' ? childrenOf(field.item) : [];
}
