import { maxPatternLength, patternOf } from './pattern.ts';

/** Why a `pattern` of a schema cannot be used, to follow its field's name; null when it can. */
export function patternProblem(source: string): string | null {
  return syntaxProblem(source) ?? patternOf(source).problem;
}

/** JSON Schema's patterns are ECMAScript's: other programs read them, too. */
function syntaxProblem(source: string): string | null {
  if (source.length > maxPatternLength) return null;
  try {
    RegExp(source, 'u');
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `does not compile: ${error.message}`;
  }
}
