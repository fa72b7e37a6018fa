import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take over 30 s on two cores, the longest first: one that is begun last would run alone. */
const longest = [
  'faults/long-sync',
  'simulator/simulator-',
  'e2e/screens',
  'e2e/bulk',
  'e2e/collection-screens',
  'faults/browser-kills',
  'faults/half-open',
  'e2e/history',
  'e2e/clear-messages',
  'e2e/paused-run',
  'e2e/whole-path',
  'e2e/hundred-thousand',
  'faults/reconnect',
  'faults/evicted',
  'e2e/sellers-work',
  'e2e/firefox',
  'e2e/real-input',
  'e2e/start',
  'server/process',
  'server/backup',
  'server-runs/all-categories',
  'server-runs/engine.',
  'server-runs/kill-loop',
  'server/push.',
  'server/conflicts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.includes(name));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const runFolder = 'tests/helpers/run-folder.ts';
const buildOnce = 'tests/helpers/build-once.ts';
/** Takes no processor time to speak of: it waits for a minute to go by. */
const waiting = 'tests/faults/long-sync.test.ts';

/**
 * Projects in the order in which `npm test` runs them (scripts/test.ts); `unit` alone belongs to the quick check too.
 * Those of one `groupOrder` run together, so they have the same number of workers.
 */
const projects = [
  {
    name: 'unit',
    sequence: { groupOrder: 0 },
    include: [
      'lib/**/*.test.{ts,tsx}',
      'components/**/*.test.{ts,tsx}',
      'entrypoints/**/*.test.{ts,tsx}',
      'tests/ebay/**/*.test.ts',
      'tests/fixtures/**/*.test.ts',
    ],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
  {
    name: 'server',
    sequence: { groupOrder: 1 },
    include: ['server/**/*.test.ts', 'tests/server*/**/*.test.ts'],
    // Some of their time is waiting for databases and leases.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
  {
    name: 'simulator',
    sequence: { groupOrder: 1 },
    include: ['tests/faults/simulator/**/*.test.ts'],
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
  {
    name: 'structure',
    sequence: { groupOrder: 1 },
    include: ['tests/structure/**/*.test.ts'],
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  {
    name: 'waiting',
    sequence: { groupOrder: 1 },
    include: [waiting],
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    globalSetup: [runFolder, buildOnce],
  },
  {
    name: 'browsers',
    sequence: { groupOrder: 2 },
    include: ['tests/e2e/**/*.test.ts', 'tests/faults/*.test.ts'],
    exclude: [waiting],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Two keep two processors busy for nine tenths of the time; with more, limits of some seconds would be missed.
    maxWorkers: 2,
    globalSetup: [runFolder, buildOnce, 'tests/helpers/contact-sheet.ts'],
  },
];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: projects.map((test) => ({
      extends: true as const,
      test: { environment: 'node', globalSetup: [runFolder], ...test },
    })),
  },
});
