import { DomHandler, Parser } from 'htmlparser2';
import { DocumentError } from '#lib/core/failures.ts';
import { type Element, isElement, type Node, ownText, childrenOf } from '../html-nodes.ts';

/** Elements within each other. */
const maxDepth = 500;

/** The outermost element of an XML file. Entities that the file defines itself are not expanded, nothing is fetched. @throws DocumentError */
export function parseXml(text: string): Element {
  const handler = new LimitedHandler();
  new Parser(handler, { xmlMode: true }).end(text);
  const root = handler.root.children.find(isElement);
  if (!root) throw new DocumentError('corrupt_file');
  return root;
}

class LimitedHandler extends DomHandler {
  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.tagStack.length > maxDepth)
      throw new DocumentError('too_complex', `The file is nested more than the ${maxDepth} levels allowed.`);
    super.onopentag(name, attributes);
  }
}

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

export function textOf(node: Node): string {
  const text = ownText(node) ?? childrenOf(node).map(textOf).join('');
  return text.replace(/\s+/g, ' ').trim();
}
