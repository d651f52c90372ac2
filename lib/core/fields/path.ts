/** A field's address inside a record: `['Payments', 2, 'Amount']` is `Payments[2].Amount`. */
export type Path = readonly (string | number)[];

export type Scalar = string | number | boolean;

/**
 * `['Payments', 2, 'Amount']` as `Payments[2].Amount`. A name that holds dots or brackets is quoted like a JSON string:
 * `["Line.Items"][2].Amount`. Two paths never have the same text, whatever the names.
 */
export function pathText(path: Path): string {
  return joinSteps(path, (index) => `[${index}]`);
}

/** The path of a field in all rows of its lists: `Payments[].Amount`. */
export function fieldKey(path: Path): string {
  return joinSteps(path, () => '[]');
}

/** Where the first list of a path has its row number; -1 for a value outside lists. */
export function rowIndexAt(path: Path): number {
  return path.findIndex((step) => typeof step === 'number');
}

function joinSteps(path: Path, indexText: (index: number) => string): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return text + indexText(step);
    if (step === '' || /[.[\]]/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

const steps =
  /\[(?<index>\d{1,9})\]|\[(?<quoted>"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")\]|(?<dot>\.?)(?<name>[^.[\]]+)/guy;

/** The path of a text as `pathText` writes it; null for any other text. */
export function parsePath(text: string): Path | null {
  const path: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(steps)) {
    const { index, quoted, dot, name } = match.groups ?? {};
    if (name !== undefined && (dot === '.') === (end === 0)) return null;
    path.push(index === undefined ? (name ?? String(JSON.parse(quoted ?? '""'))) : Number(index));
    end += match[0].length;
  }
  return end === text.length ? path : null;
}

/**
 * What a person may mean by the text that names a field: its path, its bare name though that holds dots or brackets, or
 * bare names between dots.
 */
export function pathReadings(text: string): string[][] {
  const path = parsePath(text);
  const names = path?.filter((step) => typeof step === 'string');
  return [...(names && names.length === path?.length ? [names] : []), [text], text.split('.')];
}
