import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { visitImports } from './imports.ts';
import { resolveImport } from './resolve.ts';

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  lines: number;
  /** Lines of each function. */
  functions: number[];
  imports: SourceImport[];
}

export interface SourceImport {
  /** null when it is computed as the program runs. */
  specifier: string | null;
  line: number;
  /** The file of the repository that it leads to; null for packages and what is computed. */
  file: string | null;
}

const folders = ['app', 'lib', 'worker', 'scripts', 'tests', 'bench', 'eval'];

/** Every source file of the repository, parsed. @throws SyntaxError */
export function readSources(root: string): SourceFile[] {
  const paths = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  );
  return paths.map((path) => readSource(root, path.split(sep).join('/')));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const imports: SourceImport[] = [];
  const functions: number[] = [];
  const measure = ({ start, end }: { start: number; end: number }) => {
    functions.push(linesOf(text.slice(start, end)) + 1);
  };
  new Visitor({
    ...visitImports((specifier, { start }) => {
      imports.push({ specifier, line: linesOf(text.slice(0, start)) + 1, file: fileOf(root, path, specifier) });
    }),
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return { path, lines: linesOf(text), functions, imports };
}

function fileOf(root: string, path: string, specifier: string | null): string | null {
  const target = specifier === null ? null : resolveImport(path, specifier);
  return target && 'file' in target && existsSync(join(root, target.file)) ? target.file : null;
}

const linesOf = (text: string) => text.split('\n').length - 1;
