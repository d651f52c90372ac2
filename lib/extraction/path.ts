import type { Path } from './leaf.ts';

/** `['Payments', 2, 'Amount']` as `Payments[2].Amount`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${part}` : part;
  }, '');
}
