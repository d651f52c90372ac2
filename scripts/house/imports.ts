import type { VisitorObject } from 'oxc-parser';

/** Reports an import in any form: of values or types, at the top or inside a function. */
export type Report = (specifier: string | null, node: Node) => void;

interface Node {
  start: number;
  end: number;
}

/** Visits the tree of a file, as oxc-parser and oxlint give it. What is computed as the program runs has no specifier. */
export function visitImports(report: Report): ImportVisitor {
  const visit = (node: Node & { source: Source | null }) => {
    if (node.source) report(textOf(node.source), node);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
    TSExternalModuleReference: (node) => visit({ ...node, source: node.expression }),
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (first && node.callee.type === 'Identifier' && node.callee.name === 'require')
        visit({ ...node, source: first });
    },
  };
}

type ImportVisitor = Pick<
  VisitorObject,
  | 'ImportDeclaration'
  | 'ExportNamedDeclaration'
  | 'ExportAllDeclaration'
  | 'ImportExpression'
  | 'TSImportType'
  | 'TSExternalModuleReference'
  | 'CallExpression'
>;

interface Source {
  type: string;
  value?: unknown;
  quasis?: { value: { cooked?: string | null } }[];
}

function textOf({ type, value, quasis }: Source): string | null {
  if (type === 'Literal' && typeof value === 'string') return value;
  return type === 'TemplateLiteral' && quasis?.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}
