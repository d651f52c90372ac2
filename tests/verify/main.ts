import { verifyUpgrade } from './upgrade.ts';

// npm run verify [NAME…]: checks that are too slow for every run of the tests. Each throws when something is wrong.

const checks: Record<string, () => Promise<string>> = { upgrade: verifyUpgrade };

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
let failed = 0;
for (const name of names) {
  const check = checks[name];
  if (!check) throw new Error(`there is no check named ${name}: choose from ${Object.keys(checks).join(', ')}`);
  try {
    console.log(`${name}: ${await check()}`);
  } catch (error) {
    failed += 1;
    console.log(`${name}: FAILED`, error);
  }
}
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
