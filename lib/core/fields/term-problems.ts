import { invoiceTerms, lineGroup, lineTerms } from './business-terms.ts';
import type { Field } from './field.ts';
import { problemAt, type Problems } from './problems.ts';

/** What is wrong with the business terms (`x-en16931`) that fields name, under a path for messages. */
export function termProblems(field: Field, path: string, isInLine = false): Problems {
  const at = (message: string) => [problemAt(`${path}.x-en16931`, message)];
  if (field.kind === 'object') {
    const own = field.term === undefined ? [] : at('belongs to single values and lists: leave it out');
    return [...own, ...field.fields.flatMap((part) => termProblems(part, `${path}.${part.name}`, isInLine))];
  }
  if (field.kind === 'list') {
    const isLines = field.term === lineGroup && field.item.kind === 'object';
    const own = field.term === undefined || isLines ? [] : at(`of a list must be ${lineGroup}, and its items objects`);
    return [...own, ...termProblems(field.item, `${path}.items`, isLines)];
  }
  if (field.term === undefined) return [];
  const known = isInLine ? lineTerms : invoiceTerms;
  if (known.includes(field.term)) return [];
  if (lineTerms.includes(field.term)) return at(`is ${field.term}, of a line: use it in a list with ${lineGroup}`);
  return at(`is ${field.term}, which is not read${isInLine ? ' of lines' : ''}: use one of ${known.join(', ')}`);
}
