import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** One that takes two minutes is begun first: begun last, it would run alone. */
const longest = ['faults/long-sync', 'e2e/screens', 'e2e/bulk'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.some((name) => moduleId.includes(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Projects in the order in which `npm test` runs them; `unit` alone belongs to the quick check too. */
const projects = [
  {
    name: 'unit',
    include: [
      'lib/**/*.test.{ts,tsx}',
      'components/**/*.test.{ts,tsx}',
      'entrypoints/**/*.test.{ts,tsx}',
      'tests/ebay/**/*.test.ts',
      'tests/fixtures/**/*.test.ts',
    ],
    testTimeout: 20_000,
  },
  {
    name: 'server',
    include: ['server/**/*.test.ts', 'tests/server*/**/*.test.ts'],
    // Half of their time is waiting for databases and leases.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
  {
    name: 'simulator',
    include: ['tests/faults/simulator/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
  { name: 'structure', include: ['tests/structure/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
  {
    name: 'browsers',
    include: ['tests/e2e/**/*.test.ts', 'tests/faults/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Much of their time is waiting, for lines to be given up and for workers to die.
    maxWorkers: 2,
    globalSetup: ['tests/helpers/run-folder.ts', 'tests/helpers/build-once.ts', 'tests/helpers/contact-sheet.ts'],
  },
];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: projects.map((test) => ({
      extends: true as const,
      test: { environment: 'node', globalSetup: ['tests/helpers/run-folder.ts'], ...test },
    })),
  },
});
