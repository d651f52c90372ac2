import { type Element, isElement, textOf } from '../markup.ts';

/** An element's name without its namespace. */
export const localName = ({ name }: Element): string => name.slice(name.indexOf(':') + 1);

export const elementsOf = (element: Element): Element[] => element.children.filter(isElement);

/** The elements at a path of local names, `|` between names that are equal. */
export function elementsAt(element: Element, path: string): Element[] {
  return path.split('/').reduce<Element[]>(
    (found, step) => {
      const names = step.split('|');
      return found.flatMap((one) => elementsOf(one).filter((child) => names.includes(localName(child))));
    },
    [element],
  );
}

/** What an element says, on one line. */
export function valueOf(element: Element): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}
