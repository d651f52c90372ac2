import { type Element, isElement, textOf } from '../markup.ts';

/** An element's name without its namespace. */
export const localName = ({ name }: Element): string => name.slice(name.indexOf(':') + 1);

export const elementsOf = (element: Element): Element[] => element.children.filter(isElement);

/**
 * The elements at a path of local names: `|` between names that are equal, `[VA]` behind names of a scheme, `[!VA]` of any
 * other, and spaces between paths of which the first counts before the next.
 */
export function elementsAt(element: Element, paths: string): Element[] {
  return paths.split(' ').flatMap((path) =>
    path.split('/').reduce<Element[]>(
      (found, step) => {
        const { 1: names = '', 2: not, 3: scheme } = /^([^[]+)(?:\[(!?)(\w+)\])?$/.exec(step) ?? [];
        const isNamed = (one: Element) => names.split('|').includes(localName(one));
        const hasScheme = (one: Element) => !scheme || (schemeOf(one) === scheme) === (not === '');
        return found.flatMap((one) => elementsOf(one).filter((child) => isNamed(child) && hasScheme(child)));
      },
      [element],
    ),
  );
}

function schemeOf(element: Element): string {
  const [scheme] = elementsAt(element, 'TaxScheme/ID');
  return element.attribs.schemeID ?? (scheme ? valueOf(scheme) : '');
}

/** What an element says, on one line. */
export function valueOf(element: Element): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}
