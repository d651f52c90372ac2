import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take longest, and mostly wait: begun last, they would run alone at the end. */
const longest = [
  'tests/chaos/',
  'tests/bombs/',
  'tests/scripts/start',
  'tests/flow/recovery',
  'tests/e2e/',
  'tests/lib/db/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((path) => moduleId.includes(path));
      return place === -1 ? longest.length : place;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- of the sequencer, not of an array
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    // Only a hang reaches these: how fast the machine is must not decide whether a test passes.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 240_000 } },
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
