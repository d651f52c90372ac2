import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

/** What an import names: a file of the repository by its path from the root, or a package. */
export type Target = { file: string } | { package: string };

/** Where an import of a file leads. `file` is its path from the root of the repository, with slashes. */
export function resolveImport(file: string, specifier: string): Target {
  if (specifier.startsWith('#')) return { file: posix.normalize(specifier.slice(1)) };
  if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(file), specifier) };
  if (isBuiltin(specifier)) return { package: 'node:' };
  const names = specifier.split('/');
  return { package: names.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
