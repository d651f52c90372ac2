import { z } from 'zod';
import { lineBlock, type Block } from '../blocks.ts';

/** A node of a form as pdf.js lays it out: like HTML. */
interface XfaNode {
  name?: string | undefined;
  value?: string | undefined;
  attributes?: Record<string, unknown> | undefined;
  children?: XfaNode[] | undefined;
}

const nodeSchema: z.ZodType<XfaNode> = z.lazy(() =>
  z.object({
    name: z.string().optional(),
    value: z.string().optional().catch(undefined),
    attributes: z.record(z.string(), z.unknown()).optional(),
    children: z.array(nodeSchema.nullable().transform((node) => node ?? {})).optional(),
  }),
);

export const xfaNotice =
  'The form keeps its content apart from its pages (XFA), which ask to be opened in another program. The content was read; the pages do not show it.';

/** What a page of a form shows: each field on a line with its caption, and the texts between them. */
export function xfaBlocks(tree: unknown): Block[] {
  const { data } = nodeSchema.safeParse(tree);
  return data ? linesOf(data).map(lineBlock) : [];
}

function linesOf(node: XfaNode): string[] {
  if (hasClass(node, 'xfaField')) return [fieldLine(node)].filter((line) => line !== '');
  if (hasClass(node, 'xfaDraw')) return [textOf(node)].filter((line) => line !== '');
  return (node.children ?? []).flatMap(linesOf);
}

function fieldLine(node: XfaNode): string {
  const caption = nodesIn(node)
    .filter((one) => hasClass(one, 'xfaCaption'))
    .map(textOf)
    .join(' ');
  const values = nodesIn(node)
    .map(controlText)
    .filter((text) => text !== '');
  const label = caption.endsWith(':') || caption === '' ? caption : `${caption}:`;
  return [label, ...values].filter((text) => text !== '').join(' ');
}

function controlText({ name, value, attributes = {}, children = [] }: XfaNode): string {
  const own = [attributes.value, attributes.textContent, value].find((one) => typeof one === 'string') ?? '';
  if (name === 'textarea') return own;
  if (name === 'select') {
    const chosen = children.filter(
      (one) => one.attributes?.selected === true || one.attributes?.selected === 'selected',
    );
    return chosen.map((one) => one.value ?? '').join(', ');
  }
  if (name !== 'input') return '';
  if (attributes.type === 'checkbox' || attributes.type === 'radio') return attributes.checked ? '☒' : '☐';
  return own;
}

function nodesIn(node: XfaNode): XfaNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesIn)];
}

function textOf(node: XfaNode): string {
  const own = node.name?.startsWith('#') || node.value !== undefined ? (node.value ?? '') : '';
  const parts = [own, ...(node.children ?? []).map(textOf)].filter((text) => text !== '');
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

function hasClass({ attributes }: XfaNode, name: string): boolean {
  const { class: classes } = attributes ?? {};
  return Array.isArray(classes) && classes.includes(name);
}
