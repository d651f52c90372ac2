import {
  type Argument,
  type CallExpression,
  type Expression,
  type NewExpression,
  parseSync,
  type TemplateLiteral,
  Visitor,
} from 'oxc-parser';

/** A regular expression in a source file. */
export interface FoundRegex {
  line: number;
  /** As the source has it. */
  source: string;
  /** null when it is put together from what is known only as the program runs. */
  regex: RegExp | null;
}

/**
 * Every regular expression literal of a source file, and every `RegExp(…)` with or without `new`. Constants of the file
 * of its top level that it is put together from are looked up.
 */
export function findRegexes(path: string, source: string): FoundRegex[] {
  const { program, errors } = parseSync(path, source);
  if (errors[0]) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const constants = new Map<string, Expression>();
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations)
      if (id.type === 'Identifier' && init) constants.set(id.name, init);
  }
  const found: FoundRegex[] = [];
  const add = ({ start, end }: { start: number; end: number }, regex: RegExp | null) =>
    found.push({ line: source.slice(0, start).split('\n').length, source: source.slice(start, end), regex });
  const addCall = (call: CallExpression | NewExpression) => {
    if (call.callee.type !== 'Identifier' || call.callee.name !== 'RegExp') return;
    const [pattern, flags = ''] = call.arguments.map((argument) => textOf(argument, constants));
    add(call, typeof pattern === 'string' && typeof flags === 'string' ? new RegExp(pattern, flags) : null);
  };
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) add(node, new RegExp(node.regex.pattern, node.regex.flags));
    },
    NewExpression: addCall,
    CallExpression: addCall,
  }).visit(program);
  return found;
}

/** The text of an expression made of texts and constants; null when it is not. */
function textOf(node: Argument, constants: ReadonlyMap<string, Expression>): string | null {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : null;
    case 'Identifier': {
      const constant = constants.get(node.name);
      return constant ? textOf(constant, constants) : null;
    }
    case 'TemplateLiteral':
      return filled(node, 'cooked', constants);
    case 'TaggedTemplateExpression': {
      const { tag } = node;
      const isRaw =
        tag.type === 'MemberExpression' && tag.property.type === 'Identifier' && tag.property.name === 'raw';
      return isRaw ? filled(node.quasi, 'raw', constants) : null;
    }
    default:
      return null;
  }
}

function filled(
  { quasis, expressions }: TemplateLiteral,
  form: 'cooked' | 'raw',
  constants: ReadonlyMap<string, Expression>,
): string | null {
  const texts = expressions.map((expression) => textOf(expression, constants));
  if (texts.includes(null)) return null;
  return quasis.map(({ value }, index) => (value[form] ?? '') + (texts[index] ?? '')).join('');
}
