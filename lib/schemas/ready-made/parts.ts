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

export function object(properties: Record<string, Json>, required: string[] = []): Json {
  return { type: 'object', required, properties };
}

function described(description: string | undefined): Json {
  return description ? { description } : {};
}
