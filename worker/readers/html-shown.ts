import { type Element, isElement, textOf } from './markup.ts';

const neverShown = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg', 'title', 'datalist']);
const struck = new Set(['s', 'strike', 'del']);
const hiddenStyle = /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all/i;
const struckStyle = /line-through/i;

/** Whether a person does not see an element, or sees that it no longer counts. */
export function isHidden({ name, attribs }: Element): boolean {
  const style = attribs.style ?? '';
  const isAway = 'hidden' in attribs || (name === 'input' && attribs.type?.toLowerCase() === 'hidden');
  return neverShown.has(name) || struck.has(name) || isAway || hiddenStyle.test(style) || struckStyle.test(style);
}

/** What a form field shows: a mark, what was filled in, what was chosen. null for everything else. */
export function controlText(node: Element): string | null {
  const { name, attribs } = node;
  if (name === 'textarea') return textOf(node);
  if (name === 'select') {
    const options = elementsIn(node).filter((one) => one.name === 'option');
    const chosen = options.filter((one) => 'selected' in one.attribs);
    return (chosen.length > 0 ? chosen : options.slice(0, 1)).map(textOf).join(', ');
  }
  if (name !== 'input') return null;
  const type = attribs.type?.toLowerCase() ?? 'text';
  if (type === 'checkbox' || type === 'radio') return 'checked' in attribs ? '☒ ' : '☐ ';
  return ['submit', 'button', 'reset', 'image', 'file', 'password'].includes(type) ? '' : (attribs.value ?? '');
}

function elementsIn(node: Element): Element[] {
  return node.children.filter(isElement).flatMap((child) => [child, ...elementsIn(child)]);
}
