import type { Definition } from '../schema/definition.ts';
import type { Rule } from '#lib/core/rules/rule.ts';
import type { Field, ScalarField } from '../fields/field.ts';

/**
 * The fields as an indented list: name, type, other labels, what it means. Groups that are alike, of which large forms
 * have dozens, are described once and referred to after that.
 */
export function describeFields(fields: readonly Field[]): string {
  return describeGroup(fields, [], new Map()).join('\n');
}

/** `described` leads from the inner fields of a group to where they were described first. */
function describeGroup(fields: readonly Field[], path: readonly string[], described: Map<string, string>): string[] {
  return fields.flatMap((field) => {
    const at = [...path, field.name];
    const line = `${'  '.repeat(path.length)}- ${field.name}: ${facts(field).join('; ')}`;
    const inner = innerFields(field);
    if (inner.length === 0) return [line];
    const key = JSON.stringify(inner);
    const first = described.get(key);
    if (first) return [`${line}; fields as in ${first}`];
    described.set(key, at.join('.'));
    return [line, ...describeGroup(inner, at, described)];
  });
}

function facts(field: Field): string[] {
  const labels = otherLabels(field);
  return [
    typeText(field),
    ...(labels.length > 0 ? [`on paper ${labels.map((label) => JSON.stringify(label)).join(', ')}`] : []),
    ...(field.description ? [field.description.replaceAll(/\s+/g, ' ').trim()] : []),
  ];
}

/** Each once, however often and in whatever case the definition names it. */
function otherLabels({ name, label, aliases }: Field): string[] {
  const labels = new Map([label, ...aliases].map((one) => [one.toLowerCase(), one]));
  labels.delete(name.toLowerCase());
  return [...labels.values()];
}

function typeText(field: Field): string {
  if (field.kind === 'object') return 'group of fields';
  if (field.kind === 'list')
    return field.item.kind === 'scalar' ? `list of ${scalarText(field.item)}` : 'list, one entry per row';
  return scalarText(field);
}

function scalarText({ type, format, pattern, enum: members }: ScalarField): string {
  const kind = format ? `${type} (${format})` : type;
  const allowed = members ? ` one of ${JSON.stringify(members)}` : '';
  return `${kind}${allowed}${pattern ? ` matching /${pattern}/` : ''}`;
}

function innerFields(field: Field): readonly Field[] {
  if (field.kind === 'object') return field.fields;
  return field.kind === 'list' ? innerFields(field.item) : [];
}

/** The rules as sentences: what values that are read rightly satisfy. */
export function describeRules({ rules }: Definition): string {
  return rules.map((rule) => `- ${ruleText(rule)}`).join('\n');
}

function ruleText(rule: Rule): string {
  if ('check' in rule) return `${rule.name}: ${rule.check}`;
  const { rows, open, add, subtract, balance } = rule.chain;
  const steps = [...add.map((name) => ` + ${name}`), ...subtract.map((name) => ` - ${name}`)].join('');
  return `${rule.name}: row by row through ${rows}, ${balance} = the ${balance} before (first: ${open})${steps}`;
}
