import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectExtension } from '#scripts/connect-extension.ts';
import { recordTasks, type Task } from '#tests/helpers/long-tasks.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { everyAction } from './every-action.ts';

const SELLERS = Number(process.env['SELLERDEX_ROWS'] ?? 100_000);
/** What no task on the page's main thread may take. */
const LIMIT_MS = SELLERS > 100_000 ? 100 : 50;
/** What none may take even once, whatever else the machine does. */
const CEILING_MS = 4 * LIMIT_MS;
const ROUNDS = soakRuns(0);

// Times are judged on a machine that does nothing else: `npm run soak -- long-tasks`.
describe.runIf(ROUNDS > 0)(`a page of ${SELLERS} sellers`, () => {
  /** Of a browser that has the sellers. */
  let profileDir: string;

  beforeAll(async () => {
    const server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
    const browser = await startExtension();
    const manager = await browser.openManager('#/settings');
    await connectExtension(manager, server);
    await manager.evaluate(() => (location.hash = '#/sellers?filter='));
    await sellersGrid(manager).waitForCount(SELLERS, 300_000);
    await manager.getByRole('status', { name: 'Sync' }).getByText('Synced').waitFor({ timeout: 300_000 });
    await browser.close();
    // The rest needs no server, which would work for minutes on what is undone here at once.
    await server.stop();
    profileDir = browser.profileDir;
  }, 600_000);

  /*
   * Each round begins with a copy of that browser and does everything once, so that what is slow the first time is slow
   * in each, and no changes of former rounds wait to be sent. Garbage is collected, and other programs start, when they
   * like: an action is judged by the median of its rounds, without any allowance for the machine, and by a ceiling for
   * each.
   */
  it(`has no task over ${LIMIT_MS} ms, whatever is done`, async () => {
    const worst = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, tasks] of await tasksOfActions(profileDir)) {
        worst.set(name, [...(worst.get(name) ?? []), tasks[0]?.ms ?? 0]);
        process.stdout.write(`${name}: ${words(tasks)}\n`);
      }
    const over = [...worst].filter(([, each]) => median(each) > LIMIT_MS || Math.max(...each) > CEILING_MS);
    expect(over.map(([name, each]) => `${name}: ${each.map(Math.round).join(', ')} ms`)).toEqual([]);
  });
});

/** Everything done once in a copy of the browser; the tasks of each action, the longest first. */
async function tasksOfActions(profile: string): Promise<Map<string, Task[]>> {
  const profileDir = join(temporaryFolder('round'), 'one');
  cpSync(profile, profileDir, { recursive: true });
  const browser = await startExtension({ profileDir });
  try {
    const manager = await browser.openManager('#/sellers?filter=');
    await sellersGrid(manager).waitForCount(SELLERS, 60_000);
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const record = await recordTasks(manager);
    await manager.reload();
    // Its dialog of the system could not be answered.
    await manager.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
    const tasks = new Map<string, Task[]>();
    for (const [name, action] of everyAction(manager, SELLERS)) {
      await action();
      tasks.set(
        name,
        (await record.takeTasks()).toSorted((one, other) => other.ms - one.ms),
      );
    }
    await record.end();
    return tasks;
  } finally {
    await browser.close();
    rmSync(profileDir, { recursive: true, force: true });
  }
}

function median(each: readonly number[]): number {
  return each.toSorted((one, other) => one - other)[Math.floor(each.length / 2)] ?? 0;
}

/** The longest, and what those over the limit were about. */
function words(tasks: readonly Task[]): string {
  const over = tasks.filter(({ ms }) => ms > LIMIT_MS).slice(0, 3);
  const causes = over.map(({ ms, causes: some }) => `\n  ${Math.round(ms)} ms: ${some.slice(0, 8).join(', ')}`);
  return `longest task ${Math.round(tasks[0]?.ms ?? 0)} ms${causes.join('')}`;
}
