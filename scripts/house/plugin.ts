import { relative, sep } from 'node:path';
import { importProblem } from './fence.ts';
import { visitImports } from './imports.ts';

interface LintContext {
  cwd: string;
  filename: string;
  report: (problem: { node: { start: number; end: number }; message: string }) => void;
}

/** The rule of oxlint that holds every import against the table of rooms. */
const plugin = {
  meta: { name: 'house' },
  rules: {
    rooms: {
      create({ cwd, filename, report }: LintContext) {
        const file = relative(cwd, filename).split(sep).join('/');
        return visitImports((specifier, node) => {
          const message = importProblem(file, specifier);
          if (message) report({ node, message });
        });
      },
    },
  },
};

export default plugin;
