import { checkRegexes } from './regexes/check.ts';

// None of our regular expressions takes more than linear time in the length of a text: npm run regexes
const { problems, count } = checkRegexes(process.cwd());
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${count} regular expressions, ${problems.length} of them with a problem\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
