/** Pieces of JSON Schema that the ready-made schemas are made of. */
type Json = Record<string, unknown>;

export function text(aliases: string[], more: Json = {}): Json {
  return { type: 'string', 'x-aliases': aliases, ...more };
}

export function date(aliases: string[], description?: string): Json {
  return { type: 'string', format: 'date', ...described(description), 'x-aliases': aliases };
}

export function money(aliases: string[], description?: string): Json {
  return { type: 'number', ...described(description), 'x-aliases': aliases };
}

export function list(items: Json, aliases: string[] = []): Json {
  return { type: 'array', items, 'x-aliases': aliases };
}

/** `terms`: the business terms of EN 16931 that fields are in an electronic invoice, by their names. */
export function object(
  properties: Record<string, Json>,
  required: string[] = [],
  terms: Record<string, string> = {},
): Json {
  const termed = Object.entries(properties).map(([name, field]) => [name, withTerm(field, terms[name])]);
  return { type: 'object', required, properties: Object.fromEntries(termed) };
}

function withTerm(field: Json, term: string | undefined): Json {
  return term ? { ...field, 'x-en16931': term } : field;
}

function described(description: string | undefined): Json {
  return description ? { description } : {};
}
