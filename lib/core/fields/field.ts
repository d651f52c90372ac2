/** A schema's `fields` as a tree of what to look for, made from JSON Schema by `parseDefinition`. */
interface Named {
  /** The property's name; an item of a list has the list's name. */
  name: string;
  /** For people: `title`, or the name with spaces. */
  label: string;
  /** Other labels for the field on paper (`x-aliases`). */
  aliases: readonly string[];
  description: string | null;
  required: boolean;
  /** The business term of EN 16931 that it is in an electronic invoice (`x-en16931`); absent when it names none. */
  term?: string;
}

export const scalarTypes = ['string', 'number', 'integer', 'boolean'] as const;
export type ScalarType = (typeof scalarTypes)[number];

export const formats = ['date', 'date-time', 'time', 'email', 'uri', 'phone', 'iban', 'currency'] as const;
export type Format = (typeof formats)[number];

export interface ScalarField extends Named {
  kind: 'scalar';
  type: ScalarType;
  format: Format | null;
  /** An ECMAScript regular expression. In versions that are saved it may be one that is not evaluated. */
  pattern: string | null;
  enum: readonly (string | number | boolean)[] | null;
}

export interface ObjectField extends Named {
  kind: 'object';
  fields: readonly Field[];
}

export interface ListField extends Named {
  kind: 'list';
  item: Field;
}

export type Field = ScalarField | ObjectField | ListField;

/** The field at a path of names, list indices left out; null when there is none. */
export function fieldAt(root: Field, path: readonly (string | number)[]): Field | null {
  let field: Field | null = root;
  for (const step of path) {
    if (typeof step === 'number') field = field?.kind === 'list' ? field.item : null;
    else field = field?.kind === 'object' ? (field.fields.find((one) => one.name === step) ?? null) : null;
    if (!field) return null;
  }
  return field;
}
