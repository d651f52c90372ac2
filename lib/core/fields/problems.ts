import type { z } from 'zod';
import { RequestError } from '#lib/core/errors.ts';

/** One mistake in a definition: where, and what to do. */
export interface Problem {
  path: string;
  message: string;
}
export type Problems = Problem[];

export function problemAt(path: string, message: string): Problem {
  return { path, message };
}

/** What Zod found, under a path. */
export function problemsOf(error: z.ZodError, under = ''): Problems {
  return error.issues.map(({ path, message }) => {
    const steps = under ? [under, ...path] : path;
    return problemAt(steps.join('.') || 'definition', message);
  });
}

/** More mistakes help no one. */
const maxReported = 100;

/** A definition that cannot be used, with all its mistakes. */
export class DefinitionError extends RequestError {
  override name = 'DefinitionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const told = problems.slice(0, maxReported);
    super('invalid', 'invalid_definition', told.map(({ path, message }) => `${path} ${message}`).join('; '));
    this.problems = told;
  }

  override get details(): object {
    return { problems: this.problems };
  }
}
