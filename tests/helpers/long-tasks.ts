import type { Page } from '@playwright/test';

interface Seen {
  /** Milliseconds of each task of the page that took 50 or more. */
  readonly tasks: number[];
  /** Milliseconds of the loop, each time. */
  readonly loops: number[];
}

/** What a page's main thread did during one action. */
export interface TaskReport {
  readonly worstMs: number;
  /** How many times as long as undisturbed a piece of work of known length took meanwhile, at worst; at least 1. */
  readonly slowdown: number;
}

/**
 * Watches the main thread of a page for tasks of 50 ms and more (`longtask` of the browser). Other programs on the
 * machine make every task longer: how much is told by a loop of known length (2 to 5 ms) that runs every 100 ms.
 */
export async function watchLongTasks(page: Page): Promise<(action: () => Promise<unknown>) => Promise<TaskReport>> {
  const alone = await page.evaluate(beginWatching);
  return async (action) => {
    await action();
    const { tasks, loops } = await page.evaluate(takeSeen);
    return { worstMs: Math.max(0, ...tasks), slowdown: Math.max(alone, ...loops) / alone };
  };
}

type Watching = { seen: Seen; stillToCome: () => PerformanceEntryList };

/** In the page; answers the milliseconds of the loop when nothing disturbs it. */
function beginWatching(): number {
  const rounds = 300_000;
  const loop = (): number => {
    const from = performance.now();
    let value = 1;
    for (let at = 0; at < rounds; at++) value = (value * 48_271) % 2_147_483_647;
    return value === 0 ? 0 : performance.now() - from;
  };
  const watching = globalThis as unknown as Watching;
  watching.seen = { tasks: [], loops: [] };
  const alone = Math.min(...Array.from({ length: 30 }, loop));
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watching.seen.tasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  watching.stillToCome = () => observer.takeRecords();
  setInterval(() => watching.seen.loops.push(loop()), 100);
  return alone;
}

/** What was seen since it was taken last, once what the action has set off is drawn; later ones count to the next action. */
async function takeSeen(): Promise<Seen> {
  const watching = globalThis as unknown as Watching;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const { tasks, loops } = watching.seen;
  watching.seen = { tasks: [], loops: [] };
  return { tasks: [...tasks, ...watching.stillToCome().map(({ duration }) => duration)], loops };
}
