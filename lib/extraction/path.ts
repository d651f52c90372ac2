import type { Path } from './leaf.ts';

/** `['Payments', 2, 'Amount']` as `Payments[2].Amount`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${part}` : part;
  }, '');
}

/** The path of such a text. Names hold no dots and brackets. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(?<index>\d+)\]|[^.[\]]+/g)].map((step) =>
    step.groups?.index ? Number(step.groups.index) : step[0],
  );
}
